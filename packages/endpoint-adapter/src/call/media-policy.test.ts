import { usualMedia } from '@thinline/shared/config/media.ts';
import type { NatSettings } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import { farSdp, lineConfiguration } from './fakes.ts';
import { iceServers, type MediaPolicy, mediaPolicy, placeNeeds, plainPolicy, soundSettings } from './media-policy.ts';

const available = ['opus', 'PCMA', 'PCMU'];
const nat: NatSettings = {
  ice: true,
  stunServer: '',
  turnServer: '',
  turnTransport: 'udp',
  turnUser: '',
  turnPassword: '',
};

describe('mediaPolicy', () => {
  it('is the usual one where nothing was said', () => {
    const policy = mediaPolicy(null, lineConfiguration(), available);
    expect(policy.codecs.map((it) => it.name)).toEqual(['opus', 'PCMA', 'PCMU']);
    expect({ ...policy, codecs: [] }).toEqual({
      codecs: [],
      priority: 'config',
      srtp: 'optional',
      plainRtcp: false,
      dtls: false,
      ice: false,
      rtcpMux: true,
      redundancy: true,
      discontinuous: false,
    });
  });

  it('is what the configuration says', () => {
    const media = {
      ...usualMedia(),
      answerSdpPriority: 'offer',
      useSrtp: 'force',
      unencryptedSrtcp: true,
      rtcpMux: false,
      redundancy: false,
      dtx: true,
    };
    expect(mediaPolicy(media, lineConfiguration({ nat, dtlsSrtp: true }), available)).toMatchObject({
      priority: 'offer',
      srtp: 'force',
      plainRtcp: true,
      dtls: true,
      ice: true,
      rtcpMux: false,
      redundancy: false,
      discontinuous: true,
    });
  });

  it('asks for silence as nothing where we send it so', () => {
    const fmtpOf = (dtx: boolean) =>
      mediaPolicy({ ...usualMedia(), dtx }, lineConfiguration(), available).codecs[0]?.fmtp;
    expect(fmtpOf(true)).toBe(`${fmtpOf(false)};usedtx=1`);
  });

  it('has DTLS and ICE for a line over wss', () => {
    expect(mediaPolicy(null, lineConfiguration({ transport: 'wss' }), available)).toMatchObject({
      dtls: true,
      ice: true,
    });
  });

  it('has the usual codecs where none of the configured ones is there', () => {
    const codecs = usualMedia().codecs.filter((it) => it.name === 'G729');
    expect(mediaPolicy({ ...usualMedia(), codecs }, lineConfiguration(), ['PCMU']).codecs).toMatchObject([
      { name: 'PCMU' },
    ]);
  });
});

describe('placeNeeds', () => {
  const servers = { stun: 'stun:1', turn: null };
  const policy = (more: Partial<MediaPolicy>): MediaPolicy => ({ ...plainPolicy([]), srtp: 'optional', ...more });
  const ice = ['a=ice-ufrag:8hhY', 'a=ice-pwd:asd88fgpdd777uzjYhagZg'];
  const dtls = [`a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`];

  it.each<[string, Partial<MediaPolicy>, string | null, object]>([
    ['nothing to offer plain', {}, null, {}],
    ['all to offer DTLS over ICE', { dtls: true, ice: true }, null, { dtls: true, ice: servers }],
    ['no DTLS where encryption is off', { dtls: true, srtp: 'disabled' }, null, {}],
    ['nothing for a plain offer', { dtls: true, ice: true }, farSdp(), {}],
    ['ICE where it is offered and wanted', { ice: true }, farSdp('sendrecv', ice), { ice: servers }],
    ['no ICE where it is offered alone', {}, farSdp('sendrecv', ice), {}],
    ['both for an offer of WebRTC', {}, farSdp('sendrecv', [...ice, ...dtls]), { dtls: true, ice: servers }],
    ['nothing for garbage', { dtls: true, ice: true }, 'garbage', {}],
  ])('%s', (_, more, offer, needs) => {
    expect(placeNeeds(policy(more), servers, offer)).toEqual(needs);
  });
});

describe('iceServers', () => {
  const turn = {
    ...nat,
    stunServer: 'stun:1',
    turnServer: 'turn:2',
    turnTransport: 'tls',
    turnUser: 'u',
    turnPassword: 'p',
  };

  it('are those of the line', () => {
    expect(iceServers(turn, {})).toEqual({
      stun: 'stun:1',
      turn: { server: 'turn:2', transport: 'tls', user: 'u', password: 'p' },
    });
    expect(iceServers(null, {})).toEqual({ stun: null, turn: null });
  });

  it('are trusted as servers of SIP are', () => {
    const trust = { authorities: '/etc/ca.pem', checkName: false };
    expect(iceServers(turn, {}, trust).turn?.trust).toEqual(trust);
  });

  it("take the endpoint's environment for user and password", () => {
    const environment = { GCTI_TURN_USERNAME: 'ada', GCTI_TURN_PASSWORD: 'hidden' };
    expect(iceServers(turn, environment).turn).toMatchObject({ user: 'ada', password: 'hidden' });
  });
});

describe('soundSettings', () => {
  it('are what the configuration says', () => {
    const media = {
      ...usualMedia(),
      echoControl: true,
      noiseSuppression: 2,
      agc: false,
      rxAgc: true,
      audioQos: 46,
      rtpInactivityTimeoutS: 30,
      dtx: true,
      vadLevel: 3,
    };
    expect(soundSettings({ media, lines: [] })).toEqual({
      processing: { echo: true, noise: 'strong', sendGain: false, receiveGain: true },
      dscp: 46,
      inactivityS: 30,
      discontinuous: true,
      vadLevel: 3,
      dtmfFeedback: media.dtmfFeedback,
      dtls: false,
    });
  });

  it('are the usual ones where nothing was said, or what nobody knows', () => {
    expect(soundSettings({ media: null, lines: [] })).toMatchObject({
      processing: { noise: 'off', sendGain: true },
      inactivityS: 150,
    });
    expect(soundSettings({ media: { ...usualMedia(), noiseSuppression: 7 }, lines: [] }).processing.noise).toBe('off');
  });
});
