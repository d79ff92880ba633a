/** What a stream is told: the words that main thread and worker share. */

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** One codec in one session: which record of the registry, and the payload types that each side reads. */
export interface NegotiatedCodec {
  /** The registry's name: "PCMU", "PCMA", "opus". */
  name: string;
  /** What the far end asked for (we send it), and what we asked for (we receive it); RFC 3264 §5.1 lets them differ. */
  sendPayloadType: number;
  receivePayloadType: number;
  fmtp: string;
}

/** All that the worker needs to run one session's sound; each change is a whole new value. */
export interface StreamSettings {
  remoteAddress: string;
  remotePort: number;
  /** Where RTCP goes: port + 1 unless a=rtcp says otherwise (RFC 3605). */
  remoteRtcpPort: number;
  direction: MediaDirection;
  codec: NegotiatedCodec;
  /** RFC 4733, null where the far end can't. */
  telephoneEventSend: number | null;
  telephoneEventReceive: number | null;
  /** ms of sound in one packet, to be sent. */
  ptime: number;
  muted: boolean;
  /** Whether its sound meets the microphone and the loudspeaker (the active call). */
  connected: boolean;
}

export interface LocalAddress {
  address: string;
  rtpPort: number;
  rtcpPort: number;
}

/**
 * Tones that the phone makes by itself, each until it is stopped or another takes its place. A beep sounds once, beside
 * whatever else does.
 */
export type Tone = 'ringing' | 'ringback' | 'beep' | 'none';
