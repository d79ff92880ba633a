/** A pair of UDP sockets for one stream: an even port for RTP, the next one for RTCP (RFC 3550 §11). */
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { OpenSocket, PacketSocket } from './packet-socket.ts';
import type { LocalAddress } from './stream-settings.ts';

/** The system may hand out odd ports, or an even one whose neighbour is taken. */
const attemptsWithoutRange = 100;

export interface RtpSockets<Of extends PacketSocket = Socket> {
  rtp: Of;
  rtcp: Of;
  local: LocalAddress;
}

export interface PortChoice {
  address: string;
  /** Both ends belong to the range; 0 and 0 mean any. */
  portMin: number;
  portMax: number;
}

/** Even ports whose successor is within the range too, each once, from a random one on. */
export function candidates(portMin: number, portMax: number, random: number): number[] {
  const first = portMin + (portMin % 2);
  const count = Math.max(0, Math.floor((Math.min(portMax, 65_535) - first + 1) / 2));
  const start = Math.floor(random * count);
  return Array.from({ length: count }, (_, i) => first + ((start + i) % count) * 2);
}

/** Null when no pair of ports is free. */
export function openRtpSockets(choice: PortChoice): Promise<RtpSockets | null>;
export function openRtpSockets<Of extends PacketSocket>(
  choice: PortChoice,
  open: OpenSocket<Of>,
): Promise<RtpSockets<Of> | null>;
export async function openRtpSockets(
  { address, portMin, portMax }: PortChoice,
  open: OpenSocket = openNodeSocket,
): Promise<RtpSockets<PacketSocket> | null> {
  const anywhere = portMin === 0 && portMax === 0;
  const ports = anywhere ? Array<number>(attemptsWithoutRange).fill(0) : candidates(portMin, portMax, Math.random());
  for (const port of ports) {
    const pair = await openPair(address, port, open);
    if (pair !== null) return pair;
  }
  return null;
}

async function openPair<Of extends PacketSocket>(
  address: string,
  port: number,
  open: OpenSocket<Of>,
): Promise<RtpSockets<Of> | null> {
  const rtp = await open(address, port);
  if (rtp === null) return null;
  const rtpPort = rtp.address().port;
  const rtcp = rtpPort % 2 === 0 ? await open(address, rtpPort + 1) : null;
  if (rtcp !== null) return { rtp, rtcp, local: { address, rtpPort, rtcpPort: rtpPort + 1 } };
  rtp.close();
  return null;
}

/** Node's own, where the addon has none. Each packet makes some objects. */
export function openNodeSocket(address: string, port: number): Promise<Socket | null> {
  return new Promise((done) => {
    const socket = createSocket({
      type: isIP(address) === 6 ? 'udp6' : 'udp4',
      // Addresses only: a name from SDP must not make us ask DNS for each packet, nor wait for it.
      lookup: (host, _options, callback) => {
        const family = isIP(host);
        callback(family === 0 ? new Error(`${host} is no IP address`) : null, host, family);
      },
    });
    const failed = () => {
      socket.close();
      done(null);
    };
    socket.once('error', failed);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', failed);
      done(socket);
    });
  });
}
