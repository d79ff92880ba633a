/** A SIP end of one UDP socket and nothing else, so that what is measured here is the other end. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const host = '127.0.0.1';
const deadline = 5_000;

export interface CallTimes {
  /** From the INVITE's sending to the arrival of the 180, ms. */
  ringing: number;
  /** The same for the 200. */
  answered: number;
}

export interface Uac {
  /** host:port */
  readonly address: string;
  /** One call with PCMU: INVITE, ACK, BYE. Rejects when it isn't answered, or was answered without a 180. */
  call(user: string, port: number): Promise<CallTimes>;
  /** When the next INVITE arrives (performance.now()); it is refused as busy, as is any other. */
  nextInvite(): Promise<number>;
  close(): void;
}

interface Message {
  status: number;
  method: string;
  lines: readonly string[];
}

function read(bytes: Buffer): Message {
  const [start = '', ...lines] = bytes.toString('latin1').split('\r\n');
  const [method = '', status] = start.split(' ');
  return method === 'SIP/2.0' ? { status: Number(status), method: '', lines } : { status: 0, method, lines };
}

const linesOf = (name: string, { lines }: Message): string[] =>
  lines.filter((line) => line.toLowerCase().startsWith(`${name}:`));

const fieldOf = (name: string, message: Message): string =>
  linesOf(name, message)[0]
    ?.slice(name.length + 1)
    .trim() ?? '';

const text = (lines: readonly string[], body = ''): string =>
  `${[...lines, `Content-Length: ${body.length}`, '', ''].join('\r\n')}${body}`;

function response(status: string, request: Message, tag: string): string {
  const same = ['via', 'from', 'call-id', 'cseq'].flatMap((name) => linesOf(name, request));
  return text([`SIP/2.0 ${status}`, ...same, `To: ${fieldOf('to', request)};tag=${tag}`]);
}

const offer = (port: number): string =>
  `${['v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', `m=audio ${port} RTP/AVP 0`, 'a=rtpmap:0 PCMU/8000', 'a=ptime:20'].join('\r\n')}\r\n`;

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  return socket;
}

const random = (): string => randomBytes(6).toString('hex');

export async function openUac(): Promise<Uac> {
  const [sip, rtp] = await Promise.all([bound(), bound()]);
  const { port } = sip.address();
  /** By Call-ID and CSeq. */
  const calls = new Map<string, (message: Message, at: number) => void>();
  let invited = (_at: number) => {};

  sip.on('message', (bytes, { port: from }) => {
    const at = performance.now();
    const message = read(bytes);
    if (message.status > 0) return calls.get(fieldOf('call-id', message) + fieldOf('cseq', message))?.(message, at);
    if (message.method !== 'INVITE') return;
    sip.send(response('486 Busy Here', message, random()), from, host);
    invited(at);
  });

  /** What comes back to the request, until its final response. */
  function exchange(id: string, request: string, to: number, progress: (status: number, at: number) => void) {
    const key = id + (/^CSeq: (.*)$/m.exec(request.replaceAll('\r', ''))?.[1] ?? '');
    return new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => {
        calls.delete(key);
        reject(new Error(`No final response from port ${to} within ${deadline} ms to\n${request}`));
      }, deadline);
      calls.set(key, (message, at) => {
        progress(message.status, at);
        if (message.status < 200) return;
        clearTimeout(timer);
        calls.delete(key);
        if (message.status < 300) resolve(message);
        else reject(new Error(`${message.status} from port ${to} to\n${request}`));
      });
      sip.send(request, to, host);
    });
  }

  async function call(user: string, to: number): Promise<CallTimes> {
    const id = `${random()}@${host}`;
    const us = `<sip:bench@${host}:${port}>`;
    const from = `${us};tag=${random()}`;
    const uri = `sip:${user}@${host}:${to}`;
    const request = (method: string, target: string, remote: string, sequence: number, extra: string[], body = '') =>
      text(
        [
          `${method} ${target} SIP/2.0`,
          `Via: SIP/2.0/UDP ${host}:${port};branch=z9hG4bK${random()};rport`,
          'Max-Forwards: 70',
          `From: ${from}`,
          `To: ${remote}`,
          `Call-ID: ${id}`,
          `CSeq: ${sequence} ${method}`,
          `Contact: ${us}`,
          ...extra,
        ],
        body,
      );

    const times = { ringing: Number.NaN, answered: Number.NaN };
    const invite = request('INVITE', uri, `<${uri}>`, 1, ['Content-Type: application/sdp'], offer(rtp.address().port));
    const start = performance.now();
    const ok = await exchange(id, invite, to, (status, at) => {
      if (status === 180) times.ringing = at - start;
      if (status === 200) times.answered = at - start;
    });
    if (Number.isNaN(times.ringing)) throw new Error(`${uri} answered without ringing.`);
    const target = /<([^>]+)>/.exec(fieldOf('contact', ok))?.[1] ?? uri;
    const remote = fieldOf('to', ok);
    sip.send(request('ACK', target, remote, 1, []), to, host);
    await exchange(id, request('BYE', target, remote, 2, []), to, () => {});
    return times;
  }

  return {
    address: `${host}:${port}`,
    call,
    nextInvite: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No INVITE within ${deadline} ms.`)), deadline);
        invited = (at) => {
          clearTimeout(timer);
          invited = () => {};
          resolve(at);
        };
      }),
    close: () => {
      sip.close();
      rtp.close();
    },
  };
}
