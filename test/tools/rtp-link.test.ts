import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { fates, type RtpLink, startRtpLink, throughLink } from './rtp-link.ts';

const clean = { loss: 0, burst: 1, jitter: 0 };
const lostOf = (quality: typeof clean, seed: number, count: number): boolean[] => {
  const next = fates(quality, seed);
  return Array.from({ length: count }, () => next().lost);
};
/** Mean length of what is lost on end. */
function meanBurst(lost: readonly boolean[]): number {
  const beginnings = lost.filter((it, i) => it && !lost[i - 1]).length;
  return lost.filter(Boolean).length / beginnings;
}

test.each([
  { burst: 1, mean: 1 / 0.9 },
  { burst: 3, mean: 3 },
])('loses as much as it shall, in bursts of $burst', ({ burst, mean }) => {
  const lost = lostOf({ ...clean, loss: 10, burst }, 1, 50_000);
  expect(lost.filter(Boolean).length / lost.length).toBeCloseTo(0.1, 2);
  expect(meanBurst(lost)).toBeGreaterThan(mean * 0.9);
  expect(meanBurst(lost)).toBeLessThan(mean * 1.1);
});

test('the same seed has the same fates, whatever the jitter; another seed has others', () => {
  const some = lostOf({ ...clean, loss: 20 }, 1, 200);
  expect(lostOf({ ...clean, loss: 20, jitter: 80 }, 1, 200)).toEqual(some);
  expect(lostOf({ ...clean, loss: 20 }, 2, 200)).not.toEqual(some);
});

test('delays from nothing to all of the jitter', () => {
  const next = fates({ ...clean, jitter: 40 }, 1);
  const delays = Array.from({ length: 1_000 }, () => next().delay);
  expect(Math.min(...delays)).toBeLessThan(2);
  expect(Math.max(...delays)).toBeGreaterThan(38);
  expect(Math.max(...delays)).toBeLessThanOrEqual(40);
});

test('puts itself into a session description, and leaves the rest of a message alone', () => {
  const body = 'v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 0\r\na=rtcp:4001\r\n';
  const invite = `INVITE sip:b SIP/2.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const { text, rtp } = throughLink(invite, 12_000);
  expect(rtp).toBe(4000);
  expect(text).toContain('m=audio 12000 RTP/AVP 0\r\na=rtcp:12001\r\n');
  expect(text).toContain(`Content-Length: ${body.length + 2}\r\n`);
  expect(throughLink('SIP/2.0 180 Ringing\r\n\r\n', 12_000)).toEqual({
    text: 'SIP/2.0 180 Ringing\r\n\r\n',
    rtp: null,
  });
});

const open: { sockets: Socket[]; link: RtpLink | null } = { sockets: [], link: null };
afterEach(async () => {
  for (const it of open.sockets.splice(0)) it.close();
  await open.link?.stop();
  open.link = null;
});

async function socket(): Promise<Socket> {
  const it = createSocket('udp4').bind(0, '127.0.0.1');
  open.sockets.push(it);
  await once(it, 'listening');
  return it;
}
const next = async (it: Socket): Promise<string> => String((await once(it, 'message'))[0]);
const described = (rtp: Socket): string =>
  `X sip:b SIP/2.0\r\nContent-Length: 0\r\n\r\nm=audio ${rtp.address().port} RTP/AVP 0\r\n`;
const portIn = (message: string): number => Number(/m=audio (\d+)/.exec(message)?.[1]);

test('carries SIP and RTP both ways between two who have never heard of each other, and counts', async () => {
  const [annaSip, annaRtp, benSip, benRtp] = [await socket(), await socket(), await socket(), await socket()];
  const link = await startRtpLink(benSip.address().port, clean, 1);
  const atBen = next(benSip);
  annaSip.send(described(annaRtp), link.caller, '127.0.0.1');
  const toAnna = portIn(await atBen);
  const atAnna = next(annaSip);
  benSip.send(described(benRtp), link.callee, '127.0.0.1');
  const toBen = portIn(await atAnna);
  const heard = [next(benRtp), next(annaRtp)];
  annaRtp.send('from anna', toBen, '127.0.0.1');
  benRtp.send('from ben', toAnna, '127.0.0.1');
  expect(await Promise.all(heard)).toEqual(['from anna', 'from ben']);
  expect(await link.stop()).toEqual({
    there: { passed: 1, lost: 0, bytes: 9 },
    back: { passed: 1, lost: 0, bytes: 8 },
  });
});
