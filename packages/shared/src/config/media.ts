/** What a Softphone.config says about sound: the domain "codecs", and the sound settings of "policy" and "system". */
import type { CodecSettings, MediaSettings } from '../contract/types.ts';
import {
  type CodecParameter,
  type CodecSection,
  type Mistake,
  type Place,
  parameterNamed,
  readCodecList,
} from './codec-list.ts';
import { quoted } from './finding.ts';
import { optionAt } from './options.ts';
import { Reader } from './reader.ts';
import type { Setting } from './softphone-config.ts';

/** Each way of saying it, and what it says. */
const srtpModes: Readonly<Record<string, string>> = {
  disabled: 'disabled',
  off: 'disabled',
  optional: 'optional',
  allowed: 'optional',
  elective: 'elective',
  both: 'elective',
  enabled: 'enabled',
  force: 'force',
  mandatory: 'force',
};
const unencryptedSrtcp = ['unencrypted_srtcp', 'uec'];

export function mediaFrom(settings: ReadonlyMap<string, Setting>, reader: Reader): MediaSettings {
  return {
    codecs: codecsFrom(settings, reader),
    answerSdpPriority: reader.choice('policy.endpoint.answer_sdp_priority'),
    audioQos: reader.integer('policy.endpoint.audio_qos'),
    rtpInactivityTimeoutS: reader.integer('policy.endpoint.rtp_inactivity_timeout'),
    dtx: reader.flag('policy.session.dtx_mode'),
    vadLevel: reader.integer('policy.session.vad_level'),
    echoControl: reader.flag('policy.session.echo_control'),
    noiseSuppression: reader.integer('policy.session.noise_suppression'),
    agc: reader.flag('policy.session.agc_mode'),
    rxAgc: reader.flag('policy.session.rx_agc_mode'),
    dtmfFeedback: reader.flag('policy.session.dtmf_feedback'),
    ...srtpFrom(reader),
    rtcpMux: reader.flag('policy.endpoint.rtcp_mux'),
    redundancy: reader.flag('policy.session.redundancy'),
  };
}

/** What goes for an endpoint that was told nothing about sound. */
export const usualMedia = (): MediaSettings => mediaFrom(new Map(), new Reader(new Map()));

function srtpFrom(reader: Reader): Pick<MediaSettings, 'useSrtp' | 'unencryptedSrtcp'> {
  const path = 'system.security.use_srtp';
  const usual = { useSrtp: String(optionAt(path).default), unencryptedSrtcp: false };
  const setting = reader.setting(path);
  if (!setting?.value) return usual;
  const [mode = '', suffix, ...more] = setting.value.split(',').map((it) => it.trim().toLowerCase());
  const useSrtp = Object.hasOwn(srtpModes, mode) ? srtpModes[mode] : undefined;
  if (useSrtp && more.length === 0 && (suffix === undefined || unencryptedSrtcp.includes(suffix)))
    return { useSrtp, unencryptedSrtcp: suffix !== undefined };
  reader.mistake({
    line: setting.line,
    path,
    problem: `${quoted(setting.value)} is not one of ${Object.keys(srtpModes).join(' | ')}, with or without ",UNENCRYPTED_SRTCP" or ",UEC"`,
    instead: `${usual.useSrtp} is used`,
  });
  return usual;
}

function codecsFrom(settings: ReadonlyMap<string, Setting>, reader: Reader): CodecSettings[] {
  const path = 'codecs.enabled.audio';
  const setting = reader.setting(path);
  const usual = String(optionAt(path).default);
  const sections = sectionsFrom(settings);
  const mistake: Mistake = (problem, instead, place) =>
    reader.mistake({ ...(place ?? { line: setting?.line ?? 0, path }), problem, instead });
  const read = readCodecList(setting?.value || usual, sections, mistake);
  if (read.length > 0) return read;
  mistake('no codec is left', `${usual} is used`);
  return readCodecList(usual, sections, () => {});
}

/** The sections of single codecs: codecs.NAME/RATE.parameter. */
function sectionsFrom(settings: ReadonlyMap<string, Setting>): CodecSection[] {
  const sections = new Map<string, Map<CodecParameter, { value: string; place: Place }>>();
  for (const [path, { value, line }] of settings) {
    const [, section = '', key = ''] = /^codecs\.(.+)\.(\w+)$/i.exec(path) ?? [];
    const parameter = parameterNamed(key);
    if (!parameter || section.toLowerCase() === 'enabled') continue;
    const parameters = sections.get(section) ?? new Map<CodecParameter, { value: string; place: Place }>();
    sections.set(section, parameters.set(parameter, { value, place: { line, path } }));
  }
  return [...sections].map(([section, parameters]) => ({ section, parameters }));
}
