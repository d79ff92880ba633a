/** What is measured of a call as lines of a terminal. Numbers that aren't known are left out. */
import type { CallQuality } from '@thinline/shared/contract/types.ts';

type Rating = NonNullable<CallQuality['rating']>;

const said = (name: string, value: number | undefined, unit: string, digits = 1): string =>
  value === undefined ? '' : `${name} ${value.toFixed(digits)}${unit && ` ${unit}`}`;
const ms = (name: string, value: number | undefined): string => said(name, value, 'ms');
const percent = (name: string, share: number | undefined): string =>
  said(name, share === undefined ? undefined : share * 100, '%');

/** Nothing, where none of the parts is known. */
function line(name: string, ...parts: string[]): string[] {
  const known = parts.filter((part) => part !== '');
  return known.length === 0 ? [] : [`  ${[name, ...known].join('  ')}`];
}

const ratingLine = (name: string, rating: Rating | null | undefined): string[] =>
  rating
    ? line(
        name,
        said('listening', rating.mosListening, ''),
        said('conversation', rating.mosConversational, ''),
        said('R', rating.r, '', 0),
      )
    : [];

function codecLine({ codec, security }: CallQuality): string[] {
  const secured = security === undefined ? '' : security || 'not encrypted';
  if (!codec) return line('sends', secured);
  const { name, clockRate, payloadType, packetMs, bitrate, redundancy } = codec;
  return line(
    'sends',
    `${name}/${clockRate} (${payloadType})`,
    `${packetMs} ms a packet`,
    said('', bitrate === undefined ? undefined : bitrate / 1000, 'kbit/s', 0).trim(),
    redundancy === 0 ? '' : `${redundancy} earlier in each`,
    secured,
  );
}

function farEndLines({ remoteLoss, remoteJitterMs, remoteMetrics: it }: CallQuality): string[] {
  const heard = line('far end', percent('loss', remoteLoss), ms('jitter', remoteJitterMs));
  if (!it) return heard;
  return [
    ...heard,
    ...line(
      'far end, whole call',
      percent('loss', it.lossRate),
      percent('discarded', it.discardRate),
      said('listening', it.mosListening, ''),
      said('conversation', it.mosConversational, ''),
      said('R', it.r, '', 0),
      ms('buffer', it.bufferNominalMs),
      said('level', it.signalDbm, 'dBm0', 0),
    ),
  ];
}

export const qualityText = (it: CallQuality): string[] => [
  [
    it.callId,
    `sent ${it.packetsSent}`,
    `received ${it.packetsReceived}`,
    `lost ${it.packetsLost}`,
    `too late ${it.packetsDiscarded}`,
    it.networkLevel === undefined ? '' : `network ${it.networkLevel.toLowerCase()}`,
  ]
    .filter((part) => part !== '')
    .join('  '),
  ...ratingLine('MOS', it.rating),
  ...ratingLine('MOS, last 5 s', it.intervalRating),
  ...line(
    'missing',
    percent('lost', it.lossRate),
    percent('discarded', it.discardRate),
    percent('in bursts', it.burstDensity),
    ms('of', it.burstMs),
    percent('between them', it.gapDensity),
  ),
  ...line('delay', ms('round trip', it.roundTripMs), ms('mouth to ear', it.oneWayDelayMs), ms('jitter', it.jitterMs)),
  ...line('buffer', ms('now', it.bufferMs), ms('target', it.bufferTargetMs), ms('at most', it.bufferMaxMs)),
  ...line(
    'sound',
    ms('received', it.decodedMs),
    ms('made up', it.concealedMs),
    ms('longest gap', it.longestGapMs),
    ms('taken out', it.acceleratedMs),
    ms('put in', it.expandedMs),
    ms('comfort noise', it.comfortNoiseMs),
    ms('silence', it.silenceMs),
  ),
  ...line('level', said('sent', it.sentDbfs, 'dBFS'), said('received', it.receivedDbfs, 'dBFS')),
  ...codecLine(it),
  ...farEndLines(it),
];
