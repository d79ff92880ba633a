/** Who talks with whom, encrypted or not, and who is refused: our phone and baresip, called and calling, by SDP's keys and by DTLS. */
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';

/** baresip's phones by what they demand of a call. */
const peers = {
  plain: { user: '711', password: 'seven-eleven' },
  srtp: { user: '712', password: 'seven-twelve', mediaEncryption: 'srtp' },
  'srtp-mand': { user: '713', password: 'seven-thirteen', mediaEncryption: 'srtp-mand' },
  'srtp-mandf': { user: '714', password: 'seven-fourteen', mediaEncryption: 'srtp-mandf' },
  dtls_srtp: { user: '715', password: 'seven-fifteen', mediaEncryption: 'dtls_srtp' },
} as const;
type PeerName = keyof typeof peers;

/** Ours by use_srtp; each has a user of its own, so that none is left over in the server from a test before. */
const agents = {
  disabled: { user: '701', password: 'seven-zero-one' },
  optional: { user: '702', password: 'seven-zero-two' },
  elective: { user: '703', password: 'seven-zero-three' },
  enabled: { user: '704', password: 'seven-zero-four' },
  force: { user: '705', password: 'seven-zero-five' },
} as const;
type Mode = keyof typeof agents;

const tones = { agent: 1000, far: 500 } as const;
const notAcceptable = '488';
/** The best that both can do, of our offers and of baresip's. */
const ourSdes = 'SDES AEAD_AES_256_GCM';
const theirSdes = 'SDES AES_CM_128_HMAC_SHA1_80';
/** The DTLS server chooses, which is who has offered (RFC 5763 §5). */
const dtls = { offered: 'DTLS AEAD_AES_128_GCM', taken: 'DTLS AES_CM_128_HMAC_SHA1_80' } as const;

describe.skipIf(!hasPeers('kamailio', 'baresip'))('use_srtp, with baresip', () => {
  let server: Kamailio;
  let address: string;
  const far = new Map<PeerName, Baresip>();

  beforeAll(async () => {
    server = await startKamailio({ users: [...Object.values(peers), ...Object.values(agents)] });
    address = `${server.host}:${server.udpPort}`;
    const sound = { codecs: ['pcmu'], audio: { tone: tones.far }, autoAnswer: true } as const;
    await Promise.all(
      Object.keys(peers)
        .filter((it): it is PeerName => it in peers)
        .map(async (name) => {
          const it = await startBaresip({ ...peers[name], ...sound, server: address });
          far.set(name, it);
          await it.registered();
        }),
    );
  });
  afterAll(async () => {
    for (const it of far.values()) await it.stop();
    await server?.stop();
  });

  function baresip(name: PeerName): Baresip {
    const it = far.get(name);
    if (!it) throw new Error(`${name} was not started.`);
    return it;
  }

  /** Registered; it ends with the test. */
  async function agent(mode: Mode, { onTestFinished }: TestContext, byDtls = false): Promise<Phone> {
    const phone = await startPhone({
      lines: [{ ...agents[mode], server: address }],
      audio: { tone: tones.agent },
      settings: { 'system.security.use_srtp': mode, ...(byDtls ? { 'proxies.proxy0.dtls_srtp': '1' } : {}) },
    });
    onTestFinished(() => phone.stop());
    await phone.registered();
    return phone;
  }

  async function weCall(phone: Phone, name: PeerName): Promise<Call> {
    await phone.does('dial', peers[name].user);
    await baresip(name).waitForEvent('CALL_ESTABLISHED');
    return phone.call('TALKING');
  }

  async function weAreCalled(phone: Phone, mode: Mode, name: PeerName): Promise<Call> {
    await baresip(name).dial(`sip:${agents[mode].user}@${address}`);
    await phone.call('ALERTING');
    await phone.does('answer');
    await baresip(name).waitForEvent('CALL_ESTABLISHED');
    return phone.call('TALKING');
  }

  /** How the call is protected, as a user is told; before there is an answer nothing is said of it. */
  async function security(phone: Phone, { id }: Call): Promise<string> {
    const told = (state: PhoneState): string | undefined =>
      state.phone?.qualities.find((it) => it.callId === id)?.security;
    return told(await phone.waitFor('how the call is protected', (it) => told(it) !== undefined)) ?? '';
  }

  /** It calls us, and nothing rings. */
  async function isRefused(mode: Mode, name: PeerName): Promise<void> {
    const before = baresip(name).events.length;
    await baresip(name).dial(`sip:${agents[mode].user}@${address}`);
    expect((await baresip(name).waitForEvent('CALL_CLOSED')).param).toContain(notAcceptable);
    expect(baresip(name).events.slice(before)).not.toContainEqual(expect.objectContaining({ type: 'CALL_RINGING' }));
  }

  async function hangUp(phone: Phone, name: PeerName): Promise<void> {
    await phone.does('hangup');
    await phone.noCalls();
    await baresip(name).waitForEvent('CALL_CLOSED');
  }

  /** After which there is sound again. */
  async function holdAndResume(phone: Phone, name: PeerName): Promise<void> {
    await phone.does('hold');
    await phone.call('HELD');
    await phone.does('resume');
    await phone.call('TALKING');
    await Promise.all([phone.waitForTone(tones.far), baresip(name).waitForPackets(20)]);
  }

  /** They hear each other, and it is protected as expected. */
  async function talks(phone: Phone, call: Call, name: PeerName, expected: string): Promise<void> {
    await Promise.all([phone.waitForTone(tones.far), baresip(name).waitForTone(tones.agent)]);
    expect(await security(phone, call)).toBe(expected);
  }

  test('disabled: encrypted calls are refused', async (context) => {
    await agent('disabled', context);
    await isRefused('disabled', 'srtp-mand');
  });

  test('optional: takes what is offered', async (context) => {
    const phone = await agent('optional', context);
    await talks(phone, await weAreCalled(phone, 'optional', 'srtp'), 'srtp', theirSdes);
    expect(await phone.does('quality')).toContain(theirSdes);
    await hangUp(phone, 'srtp');
    await talks(phone, await weAreCalled(phone, 'optional', 'srtp-mandf'), 'srtp-mandf', theirSdes);
    await hangUp(phone, 'srtp-mandf');
  });

  test('elective: offers both, and each one takes what it can', async (context) => {
    const phone = await agent('elective', context);
    await talks(phone, await weCall(phone, 'srtp-mand'), 'srtp-mand', ourSdes);
    await hangUp(phone, 'srtp-mand');
    await talks(phone, await weCall(phone, 'plain'), 'plain', '');
    await hangUp(phone, 'plain');
  });

  test('enabled: offers encryption, which outlives hold; takes plain sound', async (context) => {
    const phone = await agent('enabled', context);
    const call = await weCall(phone, 'srtp-mand');
    await talks(phone, call, 'srtp-mand', ourSdes);
    await holdAndResume(phone, 'srtp-mand');
    expect(await security(phone, call)).toBe(ourSdes);
    await hangUp(phone, 'srtp-mand');
    await talks(phone, await weAreCalled(phone, 'enabled', 'plain'), 'plain', '');
    await hangUp(phone, 'plain');
  });

  test('force: plain sound is refused, either way', async (context) => {
    const phone = await agent('force', context);
    await isRefused('force', 'plain');
    const [refused] = await Promise.all([phone.released(), phone.does('dial', peers.plain.user)]);
    expect(refused.failure).toMatchObject({ code: 'TL3011', cause: expect.stringContaining(notAcceptable) });
    expect(refused.connectedAtMs).toBe(0);
  });

  test('DTLS: both ways', async (context) => {
    const phone = await agent('force', context, true);
    await talks(phone, await weCall(phone, 'dtls_srtp'), 'dtls_srtp', dtls.offered);
    await holdAndResume(phone, 'dtls_srtp');
    await hangUp(phone, 'dtls_srtp');
    await talks(phone, await weAreCalled(phone, 'force', 'dtls_srtp'), 'dtls_srtp', dtls.taken);
    await hangUp(phone, 'dtls_srtp');
  });
});
