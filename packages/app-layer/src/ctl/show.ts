/** The phone's state as lines of a terminal. */
import { blankAudio } from '@thinline/shared/contract/blank.ts';
import type { Agent, Audio, Call, Device, Failure, Line, Mailbox, Snapshot } from '@thinline/shared/contract/types.ts';
import { sentence } from '@thinline/shared/failures.ts';
import type { PhoneState } from '../endpoint/replica.ts';
import {
  agentText,
  appearanceText,
  autoAnswerText,
  diversionsText,
  durationText,
  endReasonText,
  forwardingText,
  referredText,
  transferText,
} from '../words.ts';
import { qualityText } from './quality.ts';

/** What belongs to the line above it. */
const below = (...details: (string | false)[]): string[] => details.flatMap((it) => (it ? [`  ${it}`] : []));

const failureLine = (it: Failure | null | undefined): string[] => (it ? [sentence(it)] : []);

const inWords = (state: string): string => state.toLowerCase().replaceAll('_', ' ');

const agentLine = (agent: Agent): string => `agent  ${agent.agentId || 'nobody'}  ${agentText(agent).toLowerCase()}`;

const mailboxLine = (it: Mailbox): string =>
  `mailbox  ${it.account}  new ${it.newMessages}  old ${it.oldMessages}  urgent ${it.newUrgent} ${it.oldUrgent}${it.waiting ? '  waiting' : ''}`;

const lineText = (line: Line): string[] => [
  [
    `${line.id}  ${line.address}  ${inWords(line.state)}`,
    line.registeredAt && `at ${line.registeredAt}`,
    line.failure && sentence(line.failure),
  ]
    .filter(Boolean)
    .join('  '),
  ...below(
    line.agent !== null && agentLine(line.agent),
    ...failureLine(line.agent?.failure),
    line.doNotDisturb && 'do not disturb',
    ...line.forwardings.map((it) => it.on && `forwarded ${forwardingText(it)}`),
    ...line.mailboxes.map(mailboxLine),
    ...line.appearances.map(appearanceText),
  ),
];

const callText = (call: Call, now: number): string[] => [
  [
    call.id,
    inWords(call.direction),
    call.remote?.number ?? '',
    inWords(call.state),
    call.connectedAtMs > 0 ? durationText(now - call.connectedAtMs) : '',
    call.codec,
    call.conference ? 'in conference' : '',
    call.muted ? 'muted' : '',
    call.heldByRemote ? 'held by the far end' : '',
    call.appearance > 0 ? `appearance ${call.appearance}` : '',
  ]
    .filter(Boolean)
    .join('  '),
  ...below(
    diversionsText(call),
    referredText(call),
    autoAnswerText(call, now),
    transferText(call),
    ...failureLine(call.transfer?.failure),
  ),
];

/** Calls that failed, or of which the far end said why they are over, for whoever dialled from a script. */
function releasedText(call: Call): string[] {
  const why = call.failure ? sentence(call.failure) : endReasonText(call) || transferText(call);
  if (why === '') return [];
  return [[call.id, inWords(call.direction), call.remote?.number ?? '', 'ended', why].filter(Boolean).join('  ')];
}

/** Where the sound is, by which way, and on what. */
function linkText({ link, phone }: PhoneState): string[] {
  const adapter = phone?.endpoint;
  return [
    `link  ${link.state}${link.failure ? `  ${sentence(link.failure)}` : ''}`,
    ...below(
      `channel  ${link.inDesktop ? link.channel : link.reason || link.channel}`,
      link.state === 'up' && `sound  ${link.placement}`,
      adapter != null && `adapter  ${adapter.productVersion}  on ${adapter.host}  ${adapter.platform}`,
      ...link.notices.map(sentence),
    ),
  ];
}

const elsewhereText = ({ host, calls }: PhoneState['elsewhere'][number], now: number): string[] => [
  `still on a call at ${host}, when it was last heard of`,
  ...calls.flatMap((call) => callText(call, now)).map((it) => `  ${it}`),
];

export function stateText(state: PhoneState, now: number): string[] {
  const { phone, released, elsewhere, unavailable } = state;
  const lines = linkText(state);
  lines.push(...elsewhere.flatMap((it) => elsewhereText(it, now)));
  if (!phone) return lines;
  lines.push(...Object.entries(unavailable).map(([name, reason]) => `not here  ${name}  ${reason}`));
  for (const notice of phone.notices) if (notice.failure) lines.push(sentence(notice.failure));
  lines.push(...phone.lines.flatMap(lineText));
  lines.push(...(phone.calls.length > 0 ? phone.calls.flatMap((call) => callText(call, now)) : ['no calls']));
  lines.push(...released.flatMap(releasedText));
  return lines;
}

/** The lines whose server knows agents; lineId: empty for all. */
export const agentsOf = ({ lines }: Snapshot, lineId: string): { lineId: string; agent: Agent }[] =>
  lines
    .filter(({ id }) => lineId === '' || id === lineId)
    .flatMap(({ id, agent }) => (agent ? [{ lineId: id, agent }] : []));

export function agentsText(phone: Snapshot, lineId: string): string[] {
  const agents = agentsOf(phone, lineId);
  if (agents.length === 0) return ['the state of an agent is not known here (agent_state in the configuration)'];
  return agents.flatMap(({ lineId: id, agent }) => [
    `${id}  ${agentLine(agent)}`,
    ...below(...failureLine(agent.failure)),
  ]);
}

const deviceText = (device: Device, audio: Audio): string => {
  const isCapture = device.kind === 'CAPTURE';
  const used = isCapture ? audio.captureId : audio.playbackId;
  const chosen = isCapture ? audio.chosenCaptureId : audio.chosenPlaybackId;
  const marks = [
    device.isDefault && 'default',
    device.id === used && 'in use',
    device.id === chosen && 'chosen',
    !isCapture && device.id === audio.ringerId && 'rings',
  ];
  return [device.kind.toLowerCase(), device.name, device.id, ...marks].filter(Boolean).join('  ');
};

export function devicesText({ audio }: Snapshot): string[] {
  if (!audio) return ['no sound yet'];
  const failed = audio.failure ? [sentence(audio.failure)] : [];
  const devices = audio.devices.map((device) => deviceText(device, audio));
  return [audio.driverReason, ...failed, ...devices, `codecs  ${audio.codecs.join(' ')}`];
}

/** Of the microphone and the loudspeaker, for all calls. */
export function volumesOf({ audio }: Snapshot): Record<'microphone' | 'speaker', { volume: number; muted: boolean }> {
  const { microphoneVolume, microphoneMuted, speakerVolume, speakerMuted } = audio ?? blankAudio();
  return {
    microphone: { volume: microphoneVolume, muted: microphoneMuted },
    speaker: { volume: speakerVolume, muted: speakerMuted },
  };
}

export const volumeText = (phone: Snapshot): string[] =>
  Object.entries(volumesOf(phone)).map(([name, { volume, muted }]) => `${name}  ${volume}${muted ? '  muted' : ''}`);

export const qualitiesText = ({ qualities }: Snapshot): string[] =>
  qualities.length > 0 ? qualities.flatMap(qualityText) : ['nothing measured yet'];
