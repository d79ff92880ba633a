/** What each option of codecs, encryption, NAT and ports of sound changes, from the file to SDP and to where streams are. */
import { afterEach, expect, it, vi } from 'vitest';
import type { PacketSocket } from '../media/packet-socket.ts';
import { openRtpSockets } from '../media/ports.ts';
import type { StreamPlace } from '../media/stream-settings.ts';
import { openConfiguredPhone } from '../testing/configured-phone.ts';
import { farSdp } from './fakes.ts';

vi.mock('../sip/stack.ts', () => import('../testing/fake-stack.ts'));

afterEach(() => void vi.unstubAllEnvs());

type Given = Parameters<typeof openConfiguredPhone>[0];

const offerWith = async (settings: Given): Promise<string> => (await openConfiguredPhone(settings)).offer();
const answerWith = async (settings: Given, offer: string): Promise<string> =>
  (await openConfiguredPhone(settings)).answer(offer);

/** The lines of a description that begin so, without their beginning. */
const linesOf = (sdp: string, beginning: string): string[] =>
  sdp
    .split('\r\n')
    .filter((line) => line.startsWith(beginning))
    .map((line) => line.slice(beginning.length));

const formats = (sdp: string): string[] => (linesOf(sdp, 'm=audio ')[0] ?? '').split(' ').slice(2);

it('codecs.enabled.audio: says which codecs are offered, in which order', async () => {
  expect(formats(await offerWith({ 'codecs.enabled.audio': 'PCMU,PCMA' })).slice(0, 2)).toEqual(['0', '8']);
  expect(formats(await offerWith({ 'codecs.enabled.audio': 'PCMA,PCMU' })).slice(0, 2)).toEqual(['8', '0']);
  expect(formats(await offerWith({ 'codecs.enabled.audio': 'G722' }))[0]).toBe('9');
  expect(await answerWith({ 'codecs.enabled.audio': 'PCMA' }, farSdp())).toBe('');
});

const opus = { 'codecs.enabled.audio': 'opus' };

it('codecs.NAME.payload_type: is the number that the codec is offered with', async () => {
  for (const number of ['99', '120']) {
    const offer = await offerWith({ ...opus, 'codecs.opus/48000.payload_type': number });
    expect(linesOf(offer, 'a=rtpmap:')).toContain(`${number} opus/48000/2`);
  }
});

it('codecs.NAME.fmtp: is what the offer says about the codec', async () => {
  const fmtpWith = async (fmtp: string) =>
    linesOf(
      await offerWith({ ...opus, 'codecs.opus/48000.fmtp': fmtp, 'codecs.opus/48000.payload_type': '99' }),
      'a=fmtp:99 ',
    );
  expect(await fmtpWith('stereo=1')).toEqual(['stereo=1']);
  expect(await fmtpWith('useinbandfec=0')).toEqual(['useinbandfec=0']);
});

it('codecs.NAME.ptime: is how much sound a packet is to have', async () => {
  for (const ms of ['30', '60']) {
    const offer = await offerWith({ 'codecs.enabled.audio': 'PCMU', 'codecs.PCMU/8000.ptime': ms });
    expect(linesOf(offer, 'a=ptime:')).toEqual([ms]);
  }
});

it('codecs.NAME.bitrate: is the most that is asked for, and that is sent', async () => {
  for (const bitrate of ['16000', '24000']) {
    const phone = await openConfiguredPhone({ ...opus, 'codecs.opus/48000.bitrate': bitrate });
    expect(await phone.offer()).toContain(`maxaveragebitrate=${bitrate}`);
    const wanting = farSdp('sendrecv', ['a=rtpmap:110 opus/48000/2', 'a=fmtp:110 maxaveragebitrate=64000']);
    await phone.answer(wanting.replace('RTP/AVP 0 101', 'RTP/AVP 110 101'));
    expect([...phone.media.streams.values()].at(-1)?.codec.fmtp).toContain(`maxaveragebitrate=${bitrate}`);
  }
});

it('policy.endpoint.answer_sdp_priority: says whose order of codecs counts in an answer', async () => {
  const both = farSdp().replace('RTP/AVP 0 101', 'RTP/AVP 0 8 101');
  const codecs = { 'codecs.enabled.audio': 'PCMA,PCMU' };
  const first = async (whose: string) =>
    formats(await answerWith({ ...codecs, 'policy.endpoint.answer_sdp_priority': whose }, both))[0];
  expect([await first('config'), await first('offer')]).toEqual(['8', '0']);
});

it('policy.endpoint.rtcp_mux: 1 offers RTCP at the port of RTP', async () => {
  expect(await offerWith({ 'policy.endpoint.rtcp_mux': '1' })).toContain('a=rtcp-mux\r\n');
  expect(await offerWith({ 'policy.endpoint.rtcp_mux': '0' })).not.toContain('a=rtcp-mux');
});

it('policy.session.redundancy: 1 offers redundant audio', async () => {
  const g711 = { 'codecs.enabled.audio': 'PCMU' };
  expect(await offerWith({ ...g711, 'policy.session.redundancy': '1' })).toMatch(/^a=rtpmap:\d+ red\/8000\r$/m);
  expect(await offerWith({ ...g711, 'policy.session.redundancy': '0' })).not.toContain('red/8000');
});

const key = 'inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR';
const secureOffer = farSdp('sendrecv', [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${key}`]).replace('RTP/AVP', 'RTP/SAVP');

/** What is offered (p: plain, s: by SRTP), and which offers are answered. */
async function security(mode: string): Promise<string> {
  const settings = { 'system.security.use_srtp': mode };
  const offer = await offerWith(settings);
  const offered = linesOf(offer, 'm=audio ').map((it) =>
    it.includes('RTP/SAVP') || offer.includes('a=crypto') ? 's' : 'p',
  );
  const plain = (await answerWith(settings, farSdp())) === '' ? '-' : 'p';
  const secure = (await answerWith(settings, secureOffer)).includes('a=crypto') ? 's' : '-';
  return `${offered.join('')} ${plain}${secure}`;
}

it.each([
  ['disabled', 'p p-'],
  ['off', 'p p-'],
  ['optional', 'p ps'],
  ['allowed', 'p ps'],
  ['elective', 'ss ps'],
  ['both', 'ss ps'],
  ['enabled', 's ps'],
  ['force', 's -s'],
  ['mandatory', 's -s'],
])('system.security.use_srtp: %s says what is offered, and what is taken', async (mode, expected) => {
  expect(await security(mode)).toBe(expected);
});

it('system.security.use_srtp: with UNENCRYPTED_SRTCP behind it RTCP is authenticated only', async () => {
  expect(await offerWith({ 'system.security.use_srtp': 'force,UNENCRYPTED_SRTCP' })).toContain('UNENCRYPTED_SRTCP');
  expect(await offerWith({ 'system.security.use_srtp': 'force,UEC' })).toContain('UNENCRYPTED_SRTCP');
  expect(await offerWith({ 'system.security.use_srtp': 'force' })).not.toContain('UNENCRYPTED_SRTCP');
});

it('proxies.proxyN.dtls_srtp: 1 takes the keys of offers from DTLS', async () => {
  const dtls = await offerWith({ 'proxies.proxyN.dtls_srtp': '1' });
  expect([dtls.includes('a=fingerprint:'), dtls.includes('a=crypto')]).toEqual([true, false]);
  const sdes = await offerWith({ 'proxies.proxyN.dtls_srtp': '0', 'system.security.use_srtp': 'force' });
  expect([sdes.includes('a=fingerprint:'), sdes.includes('a=crypto')]).toEqual([false, true]);
});

it('proxies.proxyN.nat.ice_enabled: 1 offers ICE', async () => {
  expect(await offerWith({ 'proxies.proxyN.nat.ice_enabled': '1' })).toContain('a=ice-ufrag:');
  expect(await offerWith({ 'proxies.proxyN.nat.ice_enabled': '0' })).not.toContain('a=ice-ufrag:');
});

/** The servers that a stream is told to ask. */
async function serversWith(settings: Given): Promise<StreamPlace['ice']> {
  const phone = await openConfiguredPhone({ 'proxies.proxyN.nat.ice_enabled': '1', ...settings });
  await phone.dial();
  return phone.media.places[0]?.ice;
}

const stun = { 'proxies.proxyN.nat.stun_server': 'stun.example' };
const turn = { 'proxies.proxyN.nat.turn_server': 'turn.example' };

it('proxies.proxyN.nat.stun_server: is asked for our address', async () => {
  expect(await serversWith({})).toEqual({ stun: null, turn: null });
  expect(await serversWith(stun)).toEqual({ stun: 'stun.example:3478', turn: null });
});

it('proxies.proxyN.nat.stun_server_port: is where it is asked', async () => {
  expect(await serversWith({ ...stun, 'proxies.proxyN.nat.stun_server_port': '5000' })).toMatchObject({
    stun: 'stun.example:5000',
  });
});

it('proxies.proxyN.nat.turn_server: is asked for a relay', async () => {
  expect(await serversWith(turn)).toMatchObject({ stun: null, turn: { server: 'turn.example:3478' } });
});

it('proxies.proxyN.nat.turn_server_port: is where it is asked', async () => {
  expect(await serversWith({ ...turn, 'proxies.proxyN.nat.turn_server_port': '5349' })).toMatchObject({
    turn: { server: 'turn.example:5349' },
  });
});

it.each([
  ['0', 'udp'],
  ['1', 'tcp'],
  ['2', 'tls'],
])('proxies.proxyN.nat.turn_relay_type: %s reaches it by %s', async (type, transport) => {
  expect(await serversWith({ ...turn, 'proxies.proxyN.nat.turn_relay_type': type })).toMatchObject({
    turn: { transport },
  });
});

it("proxies.proxyN.nat.turn_user_name: is our name there, unless the endpoint's environment has one", async () => {
  const settings = { ...turn, 'proxies.proxyN.nat.turn_user_name': 'ada' };
  expect(await serversWith(settings)).toMatchObject({ turn: { user: 'ada' } });
  vi.stubEnv('GCTI_TURN_USERNAME', 'bob');
  expect(await serversWith(settings)).toMatchObject({ turn: { user: 'bob' } });
});

it("proxies.proxyN.nat.turn_password: is our password there, unless the endpoint's environment has one", async () => {
  const settings = { ...turn, 'proxies.proxyN.nat.turn_password': 'hers' };
  expect(await serversWith(settings)).toMatchObject({ turn: { password: 'hers' } });
  vi.stubEnv('GCTI_TURN_PASSWORD', 'his');
  expect(await serversWith(settings)).toMatchObject({ turn: { password: 'his' } });
});

/** The ports of RTP that calls get, one after the other, until there is none left. */
async function rtpPorts(min: string, max: string): Promise<number[]> {
  const phone = await openConfiguredPhone({
    'policy.endpoint.rtp_port_min': min,
    'policy.endpoint.rtp_port_max': max,
  });
  await phone.dial();
  const [place] = phone.media.places;
  if (!place) throw new Error('no stream');
  const taken = new Set<number>();
  const open = async (_: string, port: number): Promise<PacketSocket | null> => {
    if (taken.has(port)) return null;
    taken.add(port);
    return { on: () => {}, send: () => {}, address: () => ({ port, family: 'IPv4' }), close: () => {} };
  };
  const ports: number[] = [];
  for (let next = await openRtpSockets(place, open); next; next = await openRtpSockets(place, open)) {
    ports.push(next.local.rtpPort);
  }
  return ports.sort((a, b) => a - b);
}

it('policy.endpoint.rtp_port_min: is the first port of RTP', async () => {
  expect(await rtpPorts('20000', '20005')).toEqual([20_000, 20_002, 20_004]);
  expect(await rtpPorts('20003', '20005')).toEqual([20_004]);
});

it('policy.endpoint.rtp_port_max: is the last port of RTCP', async () => {
  expect(await rtpPorts('20000', '20001')).toEqual([20_000]);
  expect(await rtpPorts('20000', '20004')).toEqual([20_000, 20_002]);
});
