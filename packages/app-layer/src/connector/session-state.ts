/** The phone's state in the words of the connector's second version: GET /session. */
import type { Call, CallQuality, Configuration, Line } from '@thinline/shared/contract/types.ts';
import type { LinkStatus, PhoneState } from '../endpoint/replica.ts';
import { isActive, userOf } from './phone-facts.ts';

/** REGISTERED: calls can come. CHANNEL_…: the phone is out of reach, and what is said of it is what was heard last. */
export const statuses = [
  'REGISTERED',
  'NOT_REGISTERED',
  'CHANNEL_CONNECTING',
  'CHANNEL_LOST',
  'CHANNEL_REFUSED',
] as const;
export type Status = (typeof statuses)[number];

const channels: Readonly<Record<Exclude<LinkStatus['state'], 'up'>, Status>> = {
  connecting: 'CHANNEL_CONNECTING',
  lost: 'CHANNEL_LOST',
  refused: 'CHANNEL_REFUSED',
};

const statusOf = (state: PhoneState): Status => {
  if (state.link.state !== 'up') return channels[state.link.state];
  return isActive(state) ? 'REGISTERED' : 'NOT_REGISTERED';
};

export const callStates = ['UNKNOWN', 'ALERTING', 'DIALING', 'TALKING', 'HELD', 'REMOTE_HELD', 'RELEASED'] as const;

/** Here a call that rings at the far end is still being dialled. */
const callStateOf = ({ state }: Call): (typeof callStates)[number] => (state === 'RINGING' ? 'DIALING' : state);

export const connectionStates = ['NONE', 'REGISTERING', 'REGISTERED', 'FAILED', 'UNREGISTERING'] as const;

const connectionStateOf = ({ state }: Line): (typeof connectionStates)[number] =>
  state === 'UNREGISTERED' || state === 'STANDALONE' ? 'NONE' : state;

/** Of the call that is spoken in, else of the first one that has any. */
function qualityOf({ phone }: PhoneState): CallQuality | undefined {
  const talking = phone?.calls.find(({ state }) => state === 'TALKING');
  return phone?.qualities.find(({ callId }) => callId === talking?.id) ?? phone?.qualities[0];
}

const mosOf = (rating: CallQuality['rating']): number | null =>
  rating?.mosConversational ?? rating?.mosListening ?? null;

/** From what is known already: nobody waits for the phone. */
export function sessionState(state: PhoneState, sessionId: string, { devices }: Pick<Configuration, 'devices'>) {
  const { phone, link } = state;
  const audio = phone?.audio;
  const nameOf = (id: string | undefined) => audio?.devices.find((it) => it.id === id)?.name ?? '';
  const quality = qualityOf(state);
  const lines = phone?.lines ?? [];
  return {
    session_id: sessionId,
    status: statusOf(state),
    failure: link.failure,
    devices: {
      speaker: {
        volume: audio?.speakerVolume ?? 0,
        name: nameOf(audio?.playbackId),
        muted: audio?.speakerMuted ?? false,
      },
      microphone: {
        volume: audio?.microphoneVolume ?? 0,
        name: nameOf(audio?.captureId),
        muted: audio?.microphoneMuted ?? false,
      },
      headset_used: (devices?.useHeadset ?? false) && (audio?.headsetAvailable ?? false),
    },
    phone: {
      calls: (phone?.calls ?? []).map((call) => ({ state: callStateOf(call), uuid: call.callUuid, id: call.id })),
      local_mos: mosOf(quality?.rating),
      local_inter_mos: mosOf(quality?.intervalRating),
      rtt_ms: quality?.roundTripMs ?? null,
      vq_alarm_on: phone?.notices.some(({ subject }) => subject === 'quality') ?? false,
    },
    connectivities: {
      protocol: lines[0]?.transport ?? '',
      connections: lines.map((line) => ({ server: line.server, state: connectionStateOf(line), user: userOf(line) })),
    },
  };
}

export type SessionState = ReturnType<typeof sessionState>;
