/**
 * Two phones with a bad network between their RTP, as a program of its own so that nothing holds it up: it passes SIP on,
 * puts itself into SDP, and loses and delays RTP by a seed. Packet n of a stream meets the same fate in every call with the
 * same seed, whoever sent it. RTCP meets the same network with fates of its own; SIP gets through.
 *
 * The caller dials the port `caller`; to the one who is called, it comes from the port `callee`. Requests within the dialog
 * go past it, as it is in no Contact. On SIGTERM it prints, for each direction, "passed N lost N bytes N".
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { freePort, freePorts } from '../peers/ports.ts';
import { startPeer } from '../peers/process.ts';
import { seeded } from './lossy-relay.ts';

export interface LinkQuality {
  /** Percent of the packets. */
  loss: number;
  /** Mean length of a loss, in packets (Gilbert's model); 1: each packet for itself. */
  burst: number;
  /** More delay, uniform from 0, ms; packets may overtake each other. */
  jitter: number;
}

export interface RtpLink {
  /** The port of the one who calls, and that of the one who is called: the server of each. */
  readonly caller: number;
  readonly callee: number;
  stop(): Promise<LinkCounts>;
}

/** Of RTP, its payload and header in bytes; towards the one who is called, and back. */
export type LinkCounts = Record<'there' | 'back', { passed: number; lost: number; bytes: number }>;

interface Options {
  ports: { sip: readonly [number, number]; rtp: readonly [number, number] };
  /** SIP of the one who is called. */
  to: number;
  quality: LinkQuality;
  seed: number;
}

/** What happens to one packet after the other; each takes two numbers, so that loss and delay don't change each other. */
export function fates(quality: LinkQuality, seed: number): () => { lost: boolean; delay: number } {
  const random = seeded(seed);
  const share = Math.min(1, quality.loss / 100);
  const leave = 1 / Math.max(1, quality.burst);
  const enter = share >= 1 ? 1 : (leave * share) / (1 - share);
  let losing = false;
  return () => {
    const [chance, delay] = [random(), random()];
    if (quality.burst <= 1) losing = chance < share;
    else losing = share > 0 && (losing ? chance >= leave : chance < enter);
    return { lost: losing, delay: quality.jitter * delay };
  };
}

/** The message with the link's port in its session description, and where the description's own writer listens. */
export function throughLink(message: string, port: number): { text: string; rtp: number | null } {
  const end = message.indexOf('\r\n\r\n');
  const body = end < 0 ? '' : message.slice(end + 4);
  const media = /^m=audio (\d+) /m.exec(body);
  if (!media) return { text: message, rtp: null };
  const changed = body.replace(/^m=audio \d+ /m, `m=audio ${port} `).replace(/^a=rtcp:\d+/gm, `a=rtcp:${port + 1}`);
  const head = message.slice(0, end + 4).replace(/^(Content-Length|l)[ \t]*:[ \t]*\d+/im, `$1: ${changed.length}`);
  return { text: head + changed, rtp: Number(media[1]) };
}

const host = '127.0.0.1';

export async function startRtpLink(to: number, quality: LinkQuality, seed: number): Promise<RtpLink> {
  const sip = [await freePort(), await freePort()] as const;
  const rtp = [await freePorts(2), await freePorts(2)] as const;
  const options: Options = { ports: { sip, rtp }, to, quality, seed };
  const peer = await startPeer(process.execPath, [import.meta.filename, JSON.stringify(options)], {
    urgent: true,
    deathSignal: 'SIGTERM',
  });
  await peer.waitForLine(/^the link is up$/);
  return {
    caller: sip[0],
    callee: sip[1],
    async stop() {
      await peer.stop();
      const [there, back] = [...peer.output.matchAll(/^passed (\d+) lost (\d+) bytes (\d+)$/gm)].map(
        ([, passed, lost, bytes]) => ({
          passed: Number(passed),
          lost: Number(lost),
          bytes: Number(bytes),
        }),
      );
      if (!there || !back) throw new Error(`The link did not say what it carried:\n${peer.output}`);
      return { there, back };
    },
  };
}

async function bound(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  // To one who has hung up, loopback refuses; on a network that is a packet on its way to nobody.
  socket.on('error', () => {});
  socket.bind(port, host);
  await once(socket, 'listening');
  return socket;
}

/** RFC 5761 §4: what comes on RTP's port and is RTCP. */
const isRtcp = (packet: Buffer): boolean =>
  packet.length > 1 && ((packet[1] ?? 0) & 0x7f) >= 64 && ((packet[1] ?? 0) & 0x7f) < 96;

async function main({ ports, to, quality, seed }: Options): Promise<void> {
  const counts = [0, 1].map(() => ({ passed: 0, lost: 0, bytes: 0 }));
  /** Where each side listens: SIP, and RTP once its description has passed. */
  const sip = [0, to];
  const rtp = [0, 0];

  const sipSockets = await Promise.all(ports.sip.map(bound));
  for (const [side, socket] of sipSockets.entries()) {
    const other = 1 - side;
    socket.on('message', (bytes, from) => {
      sip[side] = from.port;
      const { text, rtp: port } = throughLink(bytes.toString('latin1'), ports.rtp[other] ?? 0);
      if (port !== null) rtp[side] = port;
      sipSockets[other]?.send(Buffer.from(text, 'latin1'), sip[other], host);
    });
  }

  const media = await Promise.all(ports.rtp.map(bound));
  const control = await Promise.all(ports.rtp.map((port) => bound(port + 1)));
  for (const side of [0, 1]) {
    const other = 1 - side;
    const ofMedia = fates(quality, seed * 4 + side);
    const ofControl = fates(quality, seed * 4 + 2 + side);
    const pass = (sockets: readonly Socket[], offset: number, packet: Buffer, rtcp: boolean): void => {
      const { lost, delay } = rtcp ? ofControl() : ofMedia();
      const count = counts[side];
      if (count && !rtcp) {
        count[lost ? 'lost' : 'passed']++;
        count.bytes += packet.length;
      }
      if (lost) return;
      const send = () => {
        const port = rtp[other] ?? 0;
        if (port > 0) sockets[other]?.send(packet, port + offset, host);
      };
      if (delay > 0) setTimeout(send, delay);
      else send();
    };
    media[side]?.on('message', (packet) => pass(media, 0, packet, isRtcp(packet)));
    control[side]?.on('message', (packet) => pass(control, 1, packet, true));
  }
  process.once('SIGTERM', () => {
    process.stdout.write(
      counts.map(({ passed, lost, bytes }) => `passed ${passed} lost ${lost} bytes ${bytes}\n`).join(''),
      () => process.exit(0),
    );
  });
  process.stdout.write('the link is up\n');
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '') as Options);
