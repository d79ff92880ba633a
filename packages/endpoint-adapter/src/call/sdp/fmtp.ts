/** What a=fmtp means where two ends have to agree, codec by codec. */
import { parameter, wholeParameter } from '../../media/codecs/fmtp.ts';
import type { OfferedCodec } from '../sdp.ts';

const mostParameters = 32;

/** Names in lower case; values as written. */
function readFmtp(fmtp: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const word of fmtp.split(';').slice(0, mostParameters)) {
    const [name = '', value = ''] = word.split('=', 2).map((it) => it.trim());
    if (name !== '') parameters.set(name.toLowerCase(), value);
  }
  return parameters;
}

const writeFmtp = (parameters: ReadonlyMap<string, string>): string =>
  [...parameters].map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join(';');

function withParameter(fmtp: string, name: string, value: string): string {
  return writeFmtp(readFmtp(fmtp).set(name, value));
}

const parameterOf = (fmtp: string, name: string): string => parameter(fmtp, name) ?? '';

/** RFC 3952: 30 ms unless both ends say 20. */
const ilbcMode = (a: string, b: string): 20 | 30 => ([a, b].every((it) => parameterOf(it, 'mode') === '20') ? 20 : 30);

/** RFC 4856: yes unless one end says no. */
const annexB = (a: string, b: string): boolean =>
  ![a, b].some((it) => parameterOf(it, 'annexb').toLowerCase() === 'no');

/** Of the most bit/s that an end wants to receive. */
const bitrateParameters: Readonly<Record<string, string>> = { opus: 'maxaveragebitrate', isac: 'maxbitrate' };

/** The default, and a wish that our sound can do without: nothing to make an offer longer. */
const unsaid: Readonly<Record<string, readonly string[]>> = { opus: ['stereo', 'maxaveragebitrate'] };

/** What an offer says about a codec whose record says `fmtp`, where nobody has configured anything. */
export function shortened(name: string, fmtp: string): string {
  const parameters = readFmtp(fmtp);
  for (const it of unsaid[name.toLowerCase()] ?? []) parameters.delete(it);
  return writeFmtp(parameters);
}

/** What we say about a codec: no more than `bitrate` is to be sent to us. */
export function withBitrate(name: string, fmtp: string, bitrate: number): string {
  const most = bitrateParameters[name.toLowerCase()];
  return most && bitrate > 0 ? withParameter(fmtp, most, String(bitrate)) : fmtp;
}

/** What we say about Opus where silence may come to us as nothing (RFC 7587 §6.1), unless it is said already. */
export function withSilence({ name, fmtp }: OfferedCodec): string {
  const says = name.toLowerCase() !== 'opus' || parameter(fmtp, 'usedtx') !== undefined;
  return says ? fmtp : withParameter(fmtp, 'usedtx', '1');
}

/** What our answer says about the codec that was chosen. */
export function answeredFmtp(ours: OfferedCodec, theirs: OfferedCodec): string {
  switch (ours.name.toLowerCase()) {
    case 'ilbc':
      return withParameter(ours.fmtp, 'mode', String(ilbcMode(ours.fmtp, theirs.fmtp)));
    case 'g729':
      return annexB(ours.fmtp, theirs.fmtp) ? ours.fmtp : withParameter(ours.fmtp, 'annexb', 'no');
    default:
      return ours.fmtp;
  }
}

/** What the encoder has to keep to: the far end's word, where it isn't ours too that counts. */
export function sendingFmtp(ours: OfferedCodec, theirs: OfferedCodec): string {
  switch (ours.name.toLowerCase()) {
    case 'ilbc':
      return withParameter(theirs.fmtp, 'mode', String(ilbcMode(ours.fmtp, theirs.fmtp)));
    case 'g729':
      return annexB(ours.fmtp, theirs.fmtp) ? theirs.fmtp : withParameter(theirs.fmtp, 'annexb', 'no');
    default:
      return withLeastBitrate(ours, theirs.fmtp);
  }
}

function withLeastBitrate({ name, bitrate = 0 }: OfferedCodec, fmtp: string): string {
  const most = bitrateParameters[name.toLowerCase()];
  if (!most || bitrate === 0) return fmtp;
  return (wholeParameter(fmtp, most) ?? Number.POSITIVE_INFINITY) <= bitrate
    ? fmtp
    : withParameter(fmtp, most, String(bitrate));
}

/** Whether the far end's decoder takes it for silence when nothing comes: the codec's own way, without RFC 3389. */
export function ownsSilence(ours: OfferedCodec, theirs: OfferedCodec): boolean {
  const name = ours.name.toLowerCase();
  if (name === 'opus') return parameterOf(theirs.fmtp, 'usedtx') === '1';
  return name === 'g729' && annexB(ours.fmtp, theirs.fmtp);
}

/** ms of sound that can't be divided. */
function frameOf(ours: OfferedCodec, theirs: OfferedCodec): number {
  const name = ours.name.toLowerCase();
  if (name === 'ilbc') return ilbcMode(ours.fmtp, theirs.fmtp);
  return name === 'isac' ? 30 : 10;
}

const shortest = 10;
const longest = 60;

/** ms of sound in a packet: what was asked for, in whole frames, within maxptime, and between 10 and 60. */
export function packetTime(wanted: number, most: number | null, ours: OfferedCodec, theirs: OfferedCodec): number {
  const frame = frameOf(ours, theirs);
  const within = Math.max(shortest, Math.min(wanted, most ?? longest, longest));
  return Math.max(frame, Math.floor(within / frame) * frame);
}
