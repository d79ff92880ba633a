/** What a stream is told: the words that main thread and worker share. */

/** What has a port of its own, and DTLS of its own there, unless both share one (rtcp-mux). */
export type Component = 'rtp' | 'rtcp';

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
  /** Hz, of those that are sent; not given: as the codec's. */
  telephoneEventClock?: number;
  /** Redundant audio (RFC 2198) with the codec inside; null where one of the two can't. */
  redundancySend: number | null;
  redundancyReceive: number | null;
  /** RTCP comes and goes at the port of RTP (RFC 5761). */
  rtcpMux: boolean;
  /** Both report what they hear (RFC 3611 VoIP metrics). */
  voipMetrics: boolean;
  security: Security;
  /** What the far end says for ICE (RFC 8839); null: it doesn't. */
  ice: RemoteIce | null;
  /** ms of sound in one packet, to be sent. */
  ptime: number;
  /** Whether the far end takes silence as nothing at all: comfort noise (RFC 3389), or Opus with usedtx. */
  discontinuous: boolean;
  muted: boolean;
  /** Whether its sound meets the microphone and the loudspeaker (the active call). */
  connected: boolean;
  /** Whether it hears, and is heard by, the other streams that are in the conference. */
  conference: boolean;
}

/** RTP and RTCP as they are without anything that has to be agreed on. */
export const plainRtp = {
  redundancySend: null,
  redundancyReceive: null,
  rtcpMux: false,
  voipMetrics: false,
  security: { kind: 'none' },
  ice: null,
  discontinuous: false,
} as const satisfies Partial<StreamSettings>;

/** How packets are protected. DTLS (RFC 5763) finds the keys by itself, in the media worker. */
export type Security =
  | { kind: 'none' }
  | { kind: 'sdes'; send: SrtpKey; receive: SrtpKey }
  | { kind: 'dtls'; role: 'client' | 'server'; fingerprints: readonly Fingerprint[] };

/** The crypto suites of RFC 4568 §6.2, RFC 6188 and RFC 7714, by their names there. */
export type SrtpSuite =
  | 'AES_CM_128_HMAC_SHA1_80'
  | 'AES_CM_128_HMAC_SHA1_32'
  | 'AES_256_CM_HMAC_SHA1_80'
  | 'AES_256_CM_HMAC_SHA1_32'
  | 'AEAD_AES_128_GCM'
  | 'AEAD_AES_256_GCM';

/** One direction's master key and salt, in memory only. */
export interface SrtpKey {
  suite: SrtpSuite;
  key: Uint8Array;
  salt: Uint8Array;
  /** Packets that the key is good for; null: as many as the suite allows. */
  lifetime: number | null;
  /** The master key identifier that each packet carries; null: none. */
  mki: Uint8Array | null;
  /** UNENCRYPTED_SRTCP: RTCP is authenticated only. */
  plainRtcp: boolean;
}

/** Of a certificate, as in a=fingerprint (RFC 8122). */
export interface Fingerprint {
  algorithm: string;
  /** Hexadecimal with colons, upper case. */
  value: string;
}

export interface IceCredentials {
  ufrag: string;
  password: string;
}

/** candidates: the values of a=candidate, as written. */
export interface LocalIce extends IceCredentials {
  candidates: readonly string[];
}
export interface RemoteIce extends LocalIce {
  /** What we have said last. Others than before: ICE begins anew (RFC 8839 §4.4.1.1). */
  local?: IceCredentials;
  /** a=ice-lite: it answers checks and makes none. */
  lite: boolean;
  /** Whether we decide which pair is used (RFC 8445 §6.1.1). */
  controlling: boolean;
}

/** Servers that help through NAT; `server` is host:port. */
export interface IceServers {
  stun: string | null;
  turn: TurnServer | null;
}

export interface TurnServer {
  server: string;
  transport: 'udp' | 'tcp' | 'tls';
  user: string;
  password: string;
  /** Not given: as nobody has configured anything. */
  trust?: TlsTrust;
}

/** Whose certificates are believed, as for SIP over TLS. */
export interface TlsTrust {
  /** A PEM file; empty: those of the system and of Node.js. */
  authorities: string;
  /** Whether the certificate has to name the server. */
  checkName: boolean;
}

/** Where a new stream is to be: its ports, and what it may need later. */
export interface StreamPlace {
  address: string;
  portMin: number;
  portMax: number;
  ice?: IceServers;
  /** Whether DTLS may be agreed on, so that a fingerprint is wanted. */
  dtls?: boolean;
}

export interface LocalAddress {
  address: string;
  rtpPort: number;
  rtcpPort: number;
  /** Where they were asked for. */
  ice?: LocalIce;
  fingerprint?: Fingerprint;
}

/** What all streams have in common; each change is a whole new value. */
export interface SoundSettings {
  /** Echo, noise and gain; each can be switched during a call. */
  processing: ProcessingSettings;
  /** 0 for none, else DSCP of RTP and RTCP. */
  dscp: number;
  /** So long without RTP, s, and the sound counts as lost; 0: never. */
  inactivityS: number;
  /** Nothing is sent in silence where the far end takes that; level 0 to 3, 3 the most eager. */
  discontinuous: boolean;
  vadLevel: number;
  /** Whether people hear the digits that they send. */
  dtmfFeedback: boolean;
  /** Whether DTLS may be agreed on: what it takes is loaded before there is a call. */
  dtls: boolean;
}

/** Before anybody has said anything else. */
export const usualSound: SoundSettings = {
  processing: { echo: false, noise: 'off', sendGain: false, receiveGain: false },
  dscp: 0,
  inactivityS: 0,
  discontinuous: false,
  vadLevel: 1,
  dtmfFeedback: true,
  dtls: false,
};

export interface ProcessingSettings {
  echo: boolean;
  noise: 'off' | 'moderate' | 'strong';
  sendGain: boolean;
  receiveGain: boolean;
}

/** Tones that the phone makes by itself, beside whatever else is heard: a beep, or each digit that was sent, once. */
export type Tone = 'beep' | { digits: string };
