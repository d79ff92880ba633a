import { afterEach, expect, it } from 'vitest';
import { dtlsCertificate } from './dtls/certificate.ts';
import { StreamSecurity } from './stream-security.ts';
import type { Component, Security } from './stream-settings.ts';

const open: StreamSecurity[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

const rtp = Uint8Array.from([0x80, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 42]);
const rtcp = Uint8Array.from([0x80, 200, 0, 2, 0, 0, 0, 3, 1, 2, 3, 42]);
const ports = { rtp: 5000, rtcp: 5001 } as const;

/** Two ends; what they say by DTLS is counted by port, and arrives unless it goes to one that is lost. */
function connect(lost: Component | null = null) {
  const handshakes = { rtp: 0, rtcp: 0 };
  const failures: string[] = [];
  const end = (other: () => StreamSecurity): StreamSecurity => {
    const security = new StreamSecurity({
      sendDtls(packet, length, address, port, component) {
        expect(port).toBe(ports[component]);
        handshakes[component]++;
        const copy = Uint8Array.from(packet.subarray(0, length));
        if (component !== lost) setImmediate(() => other().receiveDtls(copy, address, port, component));
      },
      onOtherKey: () => undefined,
      onExpiring: () => undefined,
      onFailed: (failure) => failures.push(failure),
    });
    open.push(security);
    return security;
  };
  const a: StreamSecurity = end(() => b);
  const b: StreamSecurity = end(() => a);
  return { a, b, handshakes, failures };
}

async function shakeHands({ a, b }: ReturnType<typeof connect>, rtcpPort: number | null): Promise<void> {
  const { fingerprint } = await dtlsCertificate();
  const security = (role: 'client' | 'server'): Security => ({ kind: 'dtls', role, fingerprints: [fingerprint] });
  for (const [end, role] of [
    [b, 'server'],
    [a, 'client'],
  ] as const) {
    end.update(security(role), '192.0.2.2', ports.rtp, rtcpPort);
    end.pathFound();
  }
}

/** The packet as it is sent; null: it isn't. */
function protectedBy(end: StreamSecurity, component: Component): Uint8Array | null {
  const packet = new Uint8Array(100);
  const plain = component === 'rtp' ? rtp : rtcp;
  packet.set(plain);
  const length = component === 'rtp' ? end.protectRtp(packet, plain.length) : end.protectRtcp(packet, plain.length);
  return length === 0 ? null : packet.slice(0, length);
}

const turn = () => new Promise(setImmediate);

/** What the first end sends, once both can. */
async function settled({ a, b }: ReturnType<typeof connect>, component: Component): Promise<Uint8Array> {
  while (a.inUse === '' || b.inUse === '') await turn();
  for (;;) {
    const [packet, theirs] = [protectedBy(a, component), protectedBy(b, component)];
    if (packet && theirs) return packet;
    await turn();
  }
}

it('protects both by one handshake where they share a port', async () => {
  const ends = connect();
  await shakeHands(ends, null);
  const [sound, report] = [await settled(ends, 'rtp'), await settled(ends, 'rtcp')];
  expect(ends.b.unprotectRtp(sound, sound.length)).toBe(rtp.length);
  expect(ends.b.unprotectRtcp(report, report.length)).toBe(rtcp.length);
  expect([ends.handshakes.rtp > 0, ends.handshakes.rtcp, ends.failures]).toEqual([true, 0, []]);
});

it('protects each by a handshake of its own where RTCP has a port of its own (RFC 5764 §4.1)', async () => {
  const ends = connect();
  await shakeHands(ends, ports.rtcp);
  const [sound, report] = [await settled(ends, 'rtp'), await settled(ends, 'rtcp')];
  expect(ends.b.unprotectRtp(sound, sound.length)).toBe(rtp.length);
  expect(ends.b.unprotectRtcp(report, report.length)).toBe(rtcp.length);
  expect(ends.handshakes.rtcp).toBeGreaterThan(0);
  expect(ends.a.inUse).toBe('DTLS AEAD_AES_128_GCM');
  // Both have kept their keys where nothing is new; with others than those of its port nothing is opened.
  await shakeHands(ends, null);
  const other = protectedBy(ends.a, 'rtcp') ?? new Uint8Array(0);
  expect(ends.b.unprotectRtcp(other.slice(), other.length)).toBe(rtcp.length);
  await shakeHands(ends, ports.rtcp);
  expect(ends.b.unprotectRtcp(other, other.length)).toBe(0);
});

it('sends no reports, but sound, where the far end has no handshake for them', async () => {
  const ends = connect('rtcp');
  await shakeHands(ends, ports.rtcp);
  const sound = await settled(ends, 'rtp');
  expect(ends.b.unprotectRtp(sound, sound.length)).toBe(rtp.length);
  expect([protectedBy(ends.a, 'rtcp'), ends.failures]).toEqual([null, []]);
});
