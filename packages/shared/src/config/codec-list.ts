/** The list of codecs in Softphone.config: `opus, PCMU, iLBC/8000=(pt=102, fmtp="mode=20")`. */
import type { CodecSettings } from '../contract/types.ts';
import { quoted } from './finding.ts';

interface KnownCodec {
  name: string;
  clockRate: number;
  channels: number;
  /** RFC 3551 §6; null: a dynamic one. */
  payloadType: number | null;
  /** What else stands for its clock rate: that of the sound, where RFC 3551 §4.5.2 has kept a wrong one on the wire. */
  soundRate?: number;
  /** bit/s; none: it has only one. */
  bitrates?: { min: number; max: number };
}

const known: readonly KnownCodec[] = [
  // RFC 7587 §6.1
  { name: 'opus', clockRate: 48_000, channels: 2, payloadType: null, bitrates: { min: 6_000, max: 510_000 } },
  { name: 'G722', clockRate: 8_000, channels: 1, payloadType: 9, soundRate: 16_000 },
  { name: 'PCMA', clockRate: 8_000, channels: 1, payloadType: 8 },
  { name: 'PCMU', clockRate: 8_000, channels: 1, payloadType: 0 },
  { name: 'G729', clockRate: 8_000, channels: 1, payloadType: 18 },
  { name: 'iLBC', clockRate: 8_000, channels: 1, payloadType: null },
  { name: 'iSAC', clockRate: 16_000, channels: 1, payloadType: null, bitrates: { min: 10_000, max: 32_000 } },
  { name: 'iSAC', clockRate: 32_000, channels: 1, payloadType: null, bitrates: { min: 10_000, max: 56_000 } },
];

const mostCodecs = 32;
const longestItem = 512;
const longestFmtp = 256;

/** Where a parameter was given; null: in the list itself. */
export interface Place {
  line: number;
  path: string;
}

/** Parameters of a codec, by whatever name they were given; values as written. */
export type CodecParameters = ReadonlyMap<CodecParameter, { value: string; place: Place | null }>;
export const codecParameters = ['payload_type', 'fmtp', 'ptime', 'bitrate'] as const;
export type CodecParameter = (typeof codecParameters)[number];

/** section: the name of a section of the domain "codecs", as written; its settings count where the list says nothing. */
export interface CodecSection {
  section: string;
  parameters: CodecParameters;
}

/** A clause for what can't be used, one for what is done instead, and where it stands if that isn't the list. */
export type Mistake = (problem: string, instead: string, place?: Place | null) => void;

export function readCodecList(text: string, sections: readonly CodecSection[], mistake: Mistake): CodecSettings[] {
  const items = splitOutside(text).filter((it) => it !== '');
  if (items.length > mostCodecs) mistake(`there are more than ${mostCodecs} codecs`, 'the rest is left out');
  const read: CodecSettings[] = [];
  for (const item of items.slice(0, mostCodecs)) {
    const it = readItem(item, sections, mistake);
    if (!it) continue;
    if (read.some((other) => sameCodec(other, it))) mistake(`${quoted(item)} is there twice`, 'the first counts');
    else read.push(withOwnPayloadType(it, read, mistake));
  }
  return read;
}

const leftOut = 'it is left out';

function readItem(item: string, sections: readonly CodecSection[], mistake: Mistake): CodecSettings | null {
  if (item.length > longestItem) {
    mistake(`${quoted(item)} is too long`, leftOut);
    return null;
  }
  const [, named = '', inline = ''] = /^([^=()]*?)\s*(?:=\s*\((.*)\))?$/s.exec(item) ?? [];
  const codec = codecNamed(named);
  if (typeof codec === 'string') {
    mistake(`${quoted(named || item)} ${codec}`, leftOut);
    return null;
  }
  const parameters = new Map<CodecParameter, { value: string; place: Place | null }>();
  for (const { section, parameters: said } of sections)
    if (codecNamed(section) === codec) for (const [key, value] of said) parameters.set(key, value);
  for (const word of splitOutside(inline).filter((it) => it !== '')) {
    const [, key = '', value = ''] = /^([\w-]+)\s*=\s*(.*)$/s.exec(word) ?? [];
    const parameter = parameterNamed(key);
    if (parameter) parameters.set(parameter, { value: unquoted(value), place: null });
    else mistake(`${codec.name} has no parameter ${quoted(word)}`, leftOut);
  }
  return judged(codec, parameters, mistake);
}

/** The codec, or why it is none. */
function codecNamed(text: string): KnownCodec | string {
  const [, name = '', rate, channels] = /^([\w.+-]+)(?:\s*\/\s*(\d+))?(?:\s*\/\s*(\d+))?$/.exec(text.trim()) ?? [];
  const alike = known.filter((it) => it.name.toLowerCase() === name.toLowerCase());
  const names = [...new Set(known.map((it) => it.name))].join(', ');
  if (alike.length === 0) return `is none of ${names}`;
  const found = alike.filter(
    (it) =>
      (rate === undefined || Number(rate) === it.clockRate || Number(rate) === it.soundRate) &&
      (channels === undefined || Number(channels) === it.channels),
  );
  if (found.length > 1) return `needs its clock rate, ${found.map((it) => `${it.name}/${it.clockRate}`).join(' or ')}`;
  return found[0] ?? `is not known with this clock rate`;
}

/** "pt" is short for payload_type. */
export function parameterNamed(key: string): CodecParameter | undefined {
  const wanted = key.toLowerCase() === 'pt' ? 'payload_type' : key.toLowerCase();
  return codecParameters.find((it) => it === wanted);
}

function judged(codec: KnownCodec, said: CodecParameters, mistake: Mistake): CodecSettings {
  const number = (key: CodecParameter, wanted: string, fits: (value: number) => boolean): number => {
    const { value: text = '', place = null } = said.get(key) ?? {};
    if (text === '') return 0;
    if (/^\d{1,9}$/.test(text) && fits(Number(text))) return Number(text);
    mistake(`${key} of ${codec.name} is ${quoted(text)}, which is not ${wanted}`, leftOut, place);
    return 0;
  };
  const { bitrates, payloadType } = codec;
  const own = payloadType === null ? '' : `${payloadType} or `;
  const { value: fmtp = '', place = null } = said.get('fmtp') ?? {};
  // It goes into SDP as it is.
  const usable = fmtp.length <= longestFmtp && /^[\x20-\x7e]*$/.test(fmtp);
  if (!usable) {
    mistake(`fmtp of ${codec.name} is longer than ${longestFmtp} or not plain text`, leftOut, place);
  }
  return {
    name: codec.name,
    clockRate: codec.clockRate,
    channels: codec.channels,
    // RFC 3551 §3: 96 to 127 are free for all.
    payloadType: number('payload_type', `${own}96 to 127`, (it) => it === payloadType || (it >= 96 && it <= 127)),
    fmtp: usable ? fmtp : '',
    ptime: number('ptime', '10, 20, … 60 ms', (it) => it >= 10 && it <= 60 && it % 10 === 0),
    bitrate: number(
      'bitrate',
      bitrates ? `${bitrates.min} to ${bitrates.max} bit/s` : 'for this codec to have',
      (it) => bitrates !== undefined && it >= bitrates.min && it <= bitrates.max,
    ),
  };
}

const sameCodec = (a: CodecSettings, b: CodecSettings) => a.name === b.name && a.clockRate === b.clockRate;

function withOwnPayloadType(it: CodecSettings, others: readonly CodecSettings[], mistake: Mistake): CodecSettings {
  const other = others.find(({ payloadType }) => payloadType > 0 && payloadType === it.payloadType);
  if (!other) return it;
  mistake(`payload_type ${it.payloadType} is that of ${other.name} already`, `${it.name} gets another`);
  return { ...it, payloadType: 0 };
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;

/** At commas that stand neither in parentheses nor in quotes. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let quote = '';
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const it = text.charAt(at);
    if (quote) quote = it === quote ? '' : quote;
    else if (it === '"' || it === "'") quote = it;
    else if (it === '(') depth += 1;
    else if (it === ')') depth = Math.max(0, depth - 1);
    else if (it === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}
