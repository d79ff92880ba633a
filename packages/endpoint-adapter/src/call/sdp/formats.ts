/** What goes with the codecs in an m-line of ours: comfort noise, redundancy, telephone events. */
import {
  type AudioDescription,
  type CodecPair,
  type OfferedCodec,
  redundancyOf,
  sameCodec,
  telephoneEventOf,
} from '../sdp.ts';
import { answeredFmtp } from './fmtp.ts';

export interface FormatPolicy {
  /** Silence may be sent as nothing, so that comfort noise is asked for. */
  discontinuous: boolean;
  redundancy: boolean;
}

/** RFC 3389 §4 */
const comfortNoise: OfferedCodec = { name: 'CN', payloadType: 13, clockRate: 8000, channels: 1, fmtp: '' };
/** The codecs that are sent redundantly; the others have their own means, or too little to gain. */
const redundant = ['pcmu', 'pcma', 'g722', 'opus'];
/** The number that everybody has for them. */
const usualEventType = 101;
/** RFC 4733 §2.4.1: those that we can tell must be said. */
const digitEvents = '0-15';

/** RFC 3551 §3: 96 to 127 are free for all; the upper ones first, as the lower ones have customs. */
const dynamicTypes = Array.from({ length: 32 }, (_, index) => (index < 18 ? 110 + index : 96 + index - 18));

/** Numbers that nobody has yet; undefined when there are none left. */
export function freeTypes(taken: Iterable<number>): (wanted?: number) => number | undefined {
  const used = new Set(taken);
  return (wanted) => {
    const type =
      wanted !== undefined && !used.has(wanted)
        ? wanted
        : dynamicTypes.find((it) => !used.has(it) && it !== usualEventType);
    if (type !== undefined) used.add(type);
    return type;
  };
}

/** What we have said of our sound, and the codec of it that is in force. */
export interface FormatsBefore {
  said: AudioDescription;
  codec: OfferedCodec;
}

/**
 * The whole m-line of an offer: codecs, comfort noise, redundancy, telephone events. Later in a session, what is in force
 * comes first, and a number goes on meaning what it has meant (RFC 3264 §8.3.2).
 */
export function offeredFormats(
  wanted: readonly OfferedCodec[],
  policy: FormatPolicy,
  before: FormatsBefore | null = null,
): OfferedCodec[] {
  const codecs = before ? asBefore(wanted, before) : wanted;
  const free = freeTypes([...codecs.map((it) => it.payloadType), ...(before ? typesOf(before.said) : [])]);
  const formats = [...codecs];
  if (policy.discontinuous && codecs.some((it) => it.clockRate === 8000)) formats.push(comfortNoise);
  const events = new Map(before?.said.telephoneEvents);
  // None at 48000 Hz beside it: some that are offered two answer one and send the other.
  const eventType = events.get(8000) ?? free(usualEventType);
  if (eventType !== undefined) events.set(8000, eventType);
  // One, for what we like best: the request has to fit into a datagram (RFC 3261 §18.1.1).
  const codec = codecs.find((it) => isRedundant(it, policy));
  if (codec) {
    const type = (before && redundancyOf(before.said, codec)?.payloadType) ?? free();
    if (type !== undefined) formats.push(redundancyFormat(type, codec));
  }
  return [...formats, ...Array.from(events, ([rate, type]) => telephoneEvent(type, rate))];
}

/** One codec, and of the rest what was offered and is of use with it; the numbers are those of the offer (RFC 3264 §6.1). */
export function answeredFormats(pair: CodecPair, offer: AudioDescription, policy: FormatPolicy): OfferedCodec[] {
  const { ours, theirs } = pair;
  const { name, clockRate, channels } = ours;
  const { payloadType } = theirs;
  const codec = { name, payloadType, clockRate, channels, fmtp: answeredFmtp(ours, theirs) };
  const formats: OfferedCodec[] = [codec];
  if (policy.discontinuous && offer.comfortNoise && clockRate === 8000) formats.push(comfortNoise);
  const red = isRedundant(codec, policy) ? redundancyOf(offer, codec) : null;
  if (red) formats.push(redundancyFormat(red.payloadType, codec));
  const event = telephoneEventOf(offer, clockRate);
  if (event) formats.push(telephoneEvent(event.payloadType, event.clockRate));
  return formats;
}

const typesOf = ({ codecs, telephoneEvents, redundancy }: AudioDescription): number[] => [
  ...codecs.map((it) => it.payloadType),
  ...telephoneEvents.values(),
  ...redundancy.map((it) => it.payloadType),
];

function asBefore(wanted: readonly OfferedCodec[], { said, codec }: FormatsBefore): OfferedCodec[] {
  const used = new Set(typesOf(said));
  const free = freeTypes([...used, ...wanted.map((it) => it.payloadType)]);
  const numbered = wanted.flatMap((it) => {
    const earlier = said.codecs.find((other) => sameCodec(other, it))?.payloadType;
    const payloadType = earlier ?? (used.has(it.payloadType) ? free() : it.payloadType);
    return payloadType === undefined ? [] : [{ ...it, payloadType }];
  });
  const isInForce = (it: OfferedCodec) => sameCodec(it, codec);
  return [...numbered.filter(isInForce), ...numbered.filter((it) => !isInForce(it))];
}

const isRedundant = ({ name }: OfferedCodec, policy: FormatPolicy): boolean =>
  policy.redundancy && redundant.includes(name.toLowerCase());

const telephoneEvent = (payloadType: number, clockRate: number): OfferedCodec => ({
  name: 'telephone-event',
  payloadType,
  clockRate,
  channels: 1,
  fmtp: digitEvents,
});

/** RFC 2198 §5: the same codec, twice. */
const redundancyFormat = (payloadType: number, codec: OfferedCodec): OfferedCodec => ({
  name: 'red',
  payloadType,
  clockRate: codec.clockRate,
  channels: codec.channels,
  fmtp: `${codec.payloadType}/${codec.payloadType}`,
});
