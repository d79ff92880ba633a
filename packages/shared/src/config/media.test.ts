import { describe, expect, it } from 'vitest';
import { configurationFrom } from './configuration.ts';
import { findingText } from './finding.ts';
import { usualMedia } from './media.ts';

/** Settings stand at line 10, 11, … in order. */
function read(settings: Record<string, string>) {
  const lines = Object.entries(settings).map(([path, value], index) => [path, { value, line: index + 10 }] as const);
  const file = { connectivities: [], settings: new Map(lines), repeated: [] };
  const { configuration, mistakes, unknown, idle } = configurationFrom(file);
  return { media: configuration.media ?? usualMedia(), mistakes: mistakes.map(findingText), unknown, idle };
}

const plain = { payloadType: 0, fmtp: '', ptime: 0, bitrate: 0 };
const pcmu = { ...plain, name: 'PCMU', clockRate: 8000, channels: 1 };
const ilbc = { ...plain, name: 'iLBC', clockRate: 8000, channels: 1 };
const opus = { ...plain, name: 'opus', clockRate: 48_000, channels: 2 };

const namesOf = (audio: string) =>
  read({ 'codecs.enabled.audio': audio }).media.codecs.map((it) => `${it.name}/${it.clockRate}`);
const usual = ['opus/48000', 'G722/8000', 'PCMA/8000', 'PCMU/8000', 'G729/8000'];

describe('sound', () => {
  it('has defaults for all that is not said', () => {
    expect(read({})).toMatchObject({ mistakes: [], unknown: [], idle: [] });
    const { codecs, ...rest } = read({}).media;
    expect(codecs.map((it) => `${it.name}/${it.clockRate}`)).toEqual(usual);
    expect(rest).toEqual({
      answerSdpPriority: 'config',
      audioQos: 0,
      rtpInactivityTimeoutS: 150,
      dtx: false,
      vadLevel: 1,
      echoControl: false,
      noiseSuppression: 0,
      agc: true,
      rxAgc: false,
      dtmfFeedback: true,
      useSrtp: 'optional',
      unencryptedSrtcp: false,
      rtcpMux: true,
      redundancy: true,
    });
  });

  it('is what the file says', () => {
    const settings = {
      'codecs.enabled.audio': 'pcmu',
      'policy.endpoint.answer_sdp_priority': 'Offer',
      'policy.endpoint.audio_qos': '46',
      'policy.endpoint.rtp_inactivity_timeout': '30',
      'policy.endpoint.rtcp_mux': '0',
      'policy.session.dtx_mode': '1',
      'policy.session.vad_level': '3',
      'policy.session.echo_control': '1',
      'policy.session.noise_suppression': '2',
      'policy.session.agc_mode': '0',
      'policy.session.rx_agc_mode': '1',
      'policy.session.dtmf_feedback': '0',
      'policy.session.redundancy': '0',
      'system.security.use_srtp': 'mandatory, UEC',
    };
    expect(read(settings)).toEqual({
      media: {
        codecs: [pcmu],
        answerSdpPriority: 'offer',
        audioQos: 46,
        rtpInactivityTimeoutS: 30,
        rtcpMux: false,
        dtx: true,
        vadLevel: 3,
        echoControl: true,
        noiseSuppression: 2,
        agc: false,
        rxAgc: true,
        dtmfFeedback: false,
        redundancy: false,
        useSrtp: 'force',
        unencryptedSrtcp: true,
      },
      mistakes: [],
      unknown: [],
      idle: [],
    });
  });

  it.each([
    ['optional', 'optional', false],
    ['Allowed', 'optional', false],
    ['disabled', 'disabled', false],
    ['OFF', 'disabled', false],
    ['elective', 'elective', false],
    ['both,UNENCRYPTED_SRTCP', 'elective', true],
    ['enabled , uec', 'enabled', true],
    ['force', 'force', false],
    ['mandatory', 'force', false],
    ['', 'optional', false],
  ])('use_srtp "%s" is %s', (value, useSrtp, unencryptedSrtcp) => {
    const { media, mistakes } = read({ 'system.security.use_srtp': value });
    expect(media).toMatchObject({ useSrtp, unencryptedSrtcp });
    expect(mistakes).toEqual([]);
  });

  it.each(['sometimes', 'force,UEC,UEC', 'force,plain', ',UEC', '__proto__', 'constructor'])(
    'use_srtp "%s" is a mistake, with its line',
    (value) => {
      const { media, mistakes } = read({ 'system.security.use_srtp': value });
      expect(media.useSrtp).toBe('optional');
      expect(mistakes).toEqual([
        expect.stringMatching(/^line 10: system\.security\.use_srtp: ".*; optional is used\.$/),
      ]);
    },
  );
});

describe('the list of codecs', () => {
  it.each<[string, string[]]>([
    ['PCMU', ['PCMU/8000']],
    [' opus/48000/2 ,pcma/8000,', ['opus/48000', 'PCMA/8000']],
    ['G722/16000', ['G722/8000']],
    ['g722/8000', ['G722/8000']],
    ['isac/32000,ISAC/16000', ['iSAC/32000', 'iSAC/16000']],
    ['', usual],
  ])('"%s" is %j', (audio, names) => {
    expect(namesOf(audio)).toEqual(names);
    expect(read({ 'codecs.enabled.audio': audio }).mistakes).toEqual([]);
  });

  it('is read as the vendor ships it, with its sections', () => {
    const settings = {
      'codecs.enabled.audio': 'pcmu,pcma,G722,iLBC,iSAC/16000,iSAC/32000,G729,opus',
      'codecs.iLBC/8000.payload_type': '102',
      'codecs.iSAC/16000.payload_type': '103',
      'codecs.iSAC/32000.payload_type': '104',
      'codecs.g729/8000.fmtp': 'annexb=yes',
      'codecs.opus/48000/2.payload_type': '120',
    };
    const { media, mistakes, unknown, idle } = read(settings);
    expect([mistakes, unknown, idle]).toEqual([[], [], []]);
    expect(media.codecs.map((it) => [it.name, it.clockRate, it.payloadType, it.fmtp])).toEqual([
      ['PCMU', 8000, 0, ''],
      ['PCMA', 8000, 0, ''],
      ['G722', 8000, 0, ''],
      ['iLBC', 8000, 102, ''],
      ['iSAC', 16_000, 103, ''],
      ['iSAC', 32_000, 104, ''],
      ['G729', 8000, 0, 'annexb=yes'],
      ['opus', 48_000, 120, ''],
    ]);
  });

  it('takes parameters where the codec stands, and prefers them to those of its section', () => {
    const settings = {
      'codecs.ILBC.payload_type': '97',
      'codecs.ILBC.ptime': '60',
      'codecs.enabled.audio': `iLBC=(pt=102, fmtp="mode=20; x=(1,2)"), opus=(BITRATE=24000,fmtp='a,b'),pcmu`,
      'codecs.PCMA/8000.ptime': '40',
    };
    expect(read(settings)).toMatchObject({
      mistakes: [],
      media: {
        codecs: [
          { ...ilbc, payloadType: 102, fmtp: 'mode=20; x=(1,2)', ptime: 60 },
          { ...opus, fmtp: 'a,b', bitrate: 24_000 },
          pcmu,
        ],
      },
    });
  });

  it.each([
    ['speex,pcmu', '"speex" is none of opus, G722, PCMA, PCMU, G729, iLBC, iSAC; it is left out'],
    ['pcmu,iSAC', '"iSAC" needs its clock rate, iSAC/16000 or iSAC/32000; it is left out'],
    ['pcmu,opus/8000', '"opus/8000" is not known with this clock rate; it is left out'],
    ['pcmu,pcmu/8000', '"pcmu/8000" is there twice; the first counts'],
    ['pcmu=(pt=8)', 'payload_type of PCMU is "8", which is not 0 or 96 to 127; it is left out'],
    ['pcmu=(ptime=15)', 'ptime of PCMU is "15", which is not 10, 20, … 60 ms; it is left out'],
    ['pcmu=(bitrate=64000)', 'bitrate of PCMU is "64000", which is not for this codec to have; it is left out'],
    ['pcmu=(loud)', 'PCMU has no parameter "loud"; it is left out'],
    ['pcmu=(fmtp="a\nb")', 'fmtp of PCMU is longer than 256 or not plain text; it is left out'],
  ])('"%s" is PCMU alone, and one mistake', (audio, clause) => {
    const { media, mistakes } = read({ 'codecs.enabled.audio': audio });
    expect(media.codecs).toEqual([pcmu]);
    expect(mistakes).toEqual([`line 10: codecs.enabled.audio: ${clause}.`]);
  });

  it('gives the second of two with the same payload type another one', () => {
    const { media, mistakes } = read({ 'codecs.enabled.audio': 'iLBC=(pt=102),opus=(pt=102)' });
    expect(media.codecs.map((it) => it.payloadType)).toEqual([102, 0]);
    expect(mistakes).toEqual([
      'line 10: codecs.enabled.audio: payload_type 102 is that of iLBC already; opus gets another.',
    ]);
  });

  it.each(['speex', ',,', 'pcmu=(', '(pcmu', '=', `"${'x'.repeat(10_000)}`])(
    'falls back where nothing is left: %s',
    (audio) => {
      expect(namesOf(audio)).toEqual(usual);
      expect(read({ 'codecs.enabled.audio': audio }).mistakes.at(-1)).toBe(
        'line 10: codecs.enabled.audio: no codec is left; opus,G722,PCMA,PCMU,G729 is used.',
      );
    },
  );

  it('has an end', () => {
    const { media, mistakes } = read({ 'codecs.enabled.audio': `pcmu,${'x,'.repeat(100_000)}` });
    expect(media.codecs).toEqual([pcmu]);
    expect(mistakes.length).toBeLessThan(40);
  });
});
