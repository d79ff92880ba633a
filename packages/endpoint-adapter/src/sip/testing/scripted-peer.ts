/** A far end that says exactly what a test wants said, over UDP. */
import { createSocket } from 'node:dgram';
import { newCallId, newTag } from '../ids.ts';
import { readInbound } from '../message/inbound.ts';
import { fieldOf, type HeaderField, type SipMessage, tagOf, writeMessage } from '../message/message.ts';
import { field, makeResponse } from '../message/response.ts';

export interface Answer {
  tag?: string;
  body?: string;
  extra?: HeaderField[];
  /** Without it there is none. */
  contact?: boolean;
}

export interface RequestParts {
  method: string;
  cseq?: number;
  toTag?: string;
  body?: string;
  branch?: string;
  extra?: HeaderField[];
  uri?: string;
}

export interface ScriptedPeer {
  readonly port: number;
  readonly callId: string;
  readonly tag: string;
  /** Where requests go: a stack. */
  target: number;
  /** Every message that came, in order. */
  readonly received: SipMessage[];
  /** The next message that fits and that no earlier call has taken. */
  next(fits: (message: SipMessage) => boolean): Promise<SipMessage>;
  /** next() for a request, or for a response of that status. */
  request(method: string): Promise<SipMessage>;
  response(status: number, method?: string): Promise<SipMessage>;
  send(text: string): void;
  respond(request: SipMessage, status: number, answer?: Answer): void;
  /** Sends a request of our one dialog and returns what was sent. */
  ask(parts: RequestParts): SipMessage;
  close(): Promise<void>;
}

export { field };

const withBody = (message: SipMessage, body: string): SipMessage => ({
  ...message,
  fields: [
    ...message.fields.filter((it) => it.name !== 'content-length'),
    ...(body === '' || message.fields.some((it) => it.name.toLowerCase() === 'content-type')
      ? []
      : [field('content-type', 'application/sdp')]),
    field('content-length', String(Buffer.byteLength(body))),
  ],
  body,
});

export async function openPeer(address = '127.0.0.1'): Promise<ScriptedPeer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  const { port } = socket.address();
  const received: SipMessage[] = [];
  const untaken: SipMessage[] = [];
  const waiting: Array<{ fits: (message: SipMessage) => boolean; resolve: (message: SipMessage) => void }> = [];
  const contact = field('contact', `<sip:peer@127.0.0.1:${port}>`);

  socket.on('message', (bytes, source) => {
    const inbound = readInbound(bytes);
    if (inbound.kind !== 'message') return;
    peer.target = source.port;
    received.push(inbound.message);
    const at = waiting.findIndex(({ fits }) => fits(inbound.message));
    if (at < 0) untaken.push(inbound.message);
    else waiting.splice(at, 1)[0]?.resolve(inbound.message);
  });

  const send = (text: string): void => socket.send(text, peer.target, '127.0.0.1');

  const peer: ScriptedPeer = {
    port,
    callId: newCallId(),
    tag: newTag(),
    target: 0,
    received,
    send,
    next: (fits) => {
      const at = untaken.findIndex(fits);
      const [message] = at < 0 ? [] : untaken.splice(at, 1);
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push({ fits, resolve }));
    },
    request: (method) => peer.next((message) => message.status === 0 && message.method === method),
    response: (status, method = 'INVITE') =>
      peer.next((message) => message.status === status && message.method === method),
    respond: (request, status, answer = {}) => {
      const response = makeResponse(request, status, {
        fields: [...(answer.contact === false ? [] : [contact]), ...(answer.extra ?? [])],
      });
      const to = fieldOf(request, 'to');
      for (const it of response.fields)
        if (it.name === 'to' && status > 100 && tagOf(to) === '') it.value = `${to};tag=${answer.tag ?? peer.tag}`;
      send(writeMessage(withBody(response, answer.body ?? '')));
    },
    ask: (parts) => {
      const { method } = parts;
      const message: SipMessage = {
        method,
        uri: parts.uri ?? `sip:alice@127.0.0.1:${peer.target}`,
        status: 0,
        reason: '',
        fields: [
          field('via', `SIP/2.0/UDP 127.0.0.1:${port};branch=${parts.branch ?? `z9hG4bK${newTag()}`};rport`),
          field('from', `"Peer" <sip:peer@127.0.0.1:${port}>;tag=${peer.tag}`),
          field('to', `<sip:alice@127.0.0.1>${parts.toTag ? `;tag=${parts.toTag}` : ''}`),
          field('call-id', peer.callId),
          field('cseq', `${parts.cseq ?? 1} ${method}`),
          field('max-forwards', '70'),
          contact,
          ...(parts.extra ?? []),
        ],
        body: '',
      };
      const whole = withBody(message, parts.body ?? '');
      send(writeMessage(whole));
      return whole;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  return peer;
}
