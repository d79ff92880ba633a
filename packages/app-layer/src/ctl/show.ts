/** The phone's state as lines of a terminal. */
import type { Call, CallQuality, Device, Line, Snapshot } from '@thinline/shared/contract/types.ts';
import { sentence } from '@thinline/shared/failures.ts';
import type { PhoneState } from '../endpoint/replica.ts';

const duration = (fromMs: number, now: number): string => {
  const s = Math.max(0, Math.floor((now - fromMs) / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(s / 60) % 60;
  return s < 3600 ? `${minutes}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(minutes)}:${two(s % 60)}`;
};

const lineText = (line: Line): string =>
  [`${line.id}  ${line.address}  ${line.state.toLowerCase()}`, line.failure ? sentence(line.failure) : '']
    .filter(Boolean)
    .join('  ');

const callText = (call: Call, now: number): string =>
  [
    call.id,
    call.direction.toLowerCase(),
    call.remote?.number ?? '',
    call.state.toLowerCase().replace('_', ' '),
    call.connectedAtMs > 0 ? duration(call.connectedAtMs, now) : '',
    call.codec,
    call.muted ? 'muted' : '',
    call.heldByRemote ? 'held by the far end' : '',
  ]
    .filter(Boolean)
    .join('  ');

/** Calls that failed, so that whoever dialled from a script can read why. */
const releasedText = (call: Call): string =>
  [
    call.id,
    call.direction.toLowerCase(),
    call.remote?.number ?? '',
    'ended',
    call.failure ? sentence(call.failure) : '',
  ]
    .filter(Boolean)
    .join('  ');

export function stateText({ link, phone, released }: PhoneState, now: number): string[] {
  const lines = [`link  ${link.state}${link.failure ? `  ${sentence(link.failure)}` : ''}`];
  if (!phone) return lines;
  for (const notice of phone.notices) if (notice.failure) lines.push(sentence(notice.failure));
  lines.push(...phone.lines.map(lineText));
  lines.push(...(phone.calls.length > 0 ? phone.calls.map((call) => callText(call, now)) : ['no calls']));
  lines.push(...released.filter((call) => call.failure).map(releasedText));
  return lines;
}

const deviceText = (device: Device): string =>
  `${device.kind.toLowerCase()}  ${device.name}  ${device.id}${device.isDefault ? '  default' : ''}`;

export function devicesText({ audio }: Snapshot): string[] {
  if (!audio) return ['no sound yet'];
  const failed = audio.failure ? [sentence(audio.failure)] : [];
  return [audio.driverReason, ...failed, ...audio.devices.map(deviceText), `codecs  ${audio.codecs.join(' ')}`];
}

const ms = (value: number | undefined): string => (value === undefined ? 'not measured' : `${value.toFixed(1)} ms`);

const qualityText = (it: CallQuality): string =>
  [
    it.callId,
    `received ${it.packetsReceived}`,
    `lost ${it.packetsLost}`,
    `too late ${it.packetsDiscarded}`,
    `jitter ${ms(it.jitterMs)}`,
    `round trip ${ms(it.roundTripMs)}`,
    `buffer ${ms(it.bufferMs)}`,
  ].join('  ');

export const qualitiesText = ({ qualities }: Snapshot): string[] =>
  qualities.length > 0 ? qualities.map(qualityText) : ['nothing measured yet'];
