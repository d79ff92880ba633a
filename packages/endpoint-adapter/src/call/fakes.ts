/** Sessions, lines and media that do what a test tells them. */
import { EventEmitter } from 'node:events';
import type { Line as LineSnapshot } from '@thinline/shared/contract/types.ts';
import type { MediaEvents } from '../media/media.ts';
import type { LocalAddress, MediaDirection, StreamSettings, Tone } from '../media/stream-settings.ts';
import type { IncomingInvite, Line, LineEvents } from '../sip/line.ts';
import type { Peer, Session, SessionEnd, SessionEvents, SessionMedia, SessionState } from '../sip/session.ts';
import type { CallMedia } from './call.ts';
import type { OfferedCodec } from './sdp.ts';

export const pcmu: OfferedCodec = { name: 'PCMU', payloadType: 0, clockRate: 8000, channels: 1, fmtp: '' };
export const pcma: OfferedCodec = { name: 'PCMA', payloadType: 8, clockRate: 8000, channels: 1, fmtp: '' };
export const opus: OfferedCodec = {
  name: 'opus',
  payloadType: 110,
  clockRate: 48000,
  channels: 2,
  fmtp: 'useinbandfec=1',
};

/** A far end's description with PCMU and telephone-event; more lines go below its m-line. */
export const farSdp = (direction: MediaDirection = 'sendrecv', more: readonly string[] = []): string =>
  [
    'v=0',
    'o=far 1 1 IN IP4 192.0.2.2',
    's=-',
    'c=IN IP4 192.0.2.2',
    't=0 0',
    'm=audio 40000 RTP/AVP 0 101',
    'a=rtpmap:101 telephone-event/8000',
    `a=${direction}`,
    ...more,
    '',
  ].join('\r\n');

const answersTo = { sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' } as const;

export const directionOf = (body: string): MediaDirection =>
  (/^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(body)?.[1] ?? 'sendrecv') as MediaDirection;

let sessions = 0;

export class FakeSession extends EventEmitter<SessionEvents> implements Session {
  state: SessionState;
  readonly direction: 'outgoing' | 'incoming';
  readonly callId = `session${++sessions}@example.org`;
  readonly callUuid = '';
  readonly peer: Peer;
  readonly media: SessionMedia;
  /** The methods that were called, in order. */
  readonly told: string[] = [];
  /** The offers of our re-INVITEs. */
  readonly offers: string[] = [];
  /** How the far end answers a re-INVITE; a promise lets it wait. */
  response: Promise<{ ok: boolean; status: number; reason: string }> | null = null;

  constructor(direction: 'outgoing' | 'incoming', media: SessionMedia, user = '602') {
    super();
    this.direction = direction;
    this.state = direction === 'outgoing' ? 'calling' : 'incoming';
    this.media = media;
    this.peer = { uri: `sip:${user}@example.org`, user, displayName: `Number ${user}` };
  }

  ring(): void {
    this.told.push('ring');
    this.state = 'early';
  }

  answer(): void {
    this.told.push('answer');
  }

  reject(status: number): void {
    this.told.push(`reject ${status}`);
    this.end({ by: 'local', status, reason: '' });
  }

  hangUp(): void {
    this.told.push('hangUp');
    this.end({ by: 'local', status: 0, reason: '' });
  }

  async renegotiate(): Promise<{ ok: boolean; status: number; reason: string }> {
    const offer = this.media.offer();
    this.offers.push(offer);
    const response = (await this.response) ?? { ok: true, status: 200, reason: 'OK' };
    if (response.ok) this.media.accept(farSdp(answersTo[directionOf(offer)]));
    return response;
  }

  /** Offer and answer have passed, and 200 and ACK. */
  confirm(): void {
    if (this.direction === 'outgoing') {
      this.media.offer();
      this.media.accept(farSdp());
    } else this.media.answer(farSdp());
    this.state = 'confirmed';
    this.emit('confirmed');
  }

  /** The far end sends a re-INVITE; answers with our answer. */
  reinvite(offer: string): string | null {
    const answer = this.media.answer(offer);
    this.emit('changed');
    return answer;
  }

  end(end: SessionEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.emit('ended', end);
  }
}

export class FakeMedia extends EventEmitter<MediaEvents> implements CallMedia {
  /** Open streams and the last settings of each. */
  readonly streams = new Map<string, StreamSettings | null>();
  readonly digits: string[] = [];
  tone: Tone = 'none';
  /** Ports are open once it has settled. */
  opened: Promise<void> = Promise.resolve();

  async createStream(id: string, local: { address: string; portMin: number }): Promise<LocalAddress> {
    await this.opened;
    this.streams.set(id, null);
    return { address: local.address, rtpPort: local.portMin, rtcpPort: local.portMin + 1 };
  }

  updateStream(id: string, settings: StreamSettings): void {
    if (!this.streams.has(id)) throw new Error(`no stream ${id}`);
    this.streams.set(id, settings);
  }

  closeStream(id: string): void {
    this.streams.delete(id);
  }

  async sendDtmf(id: string, digits: string): Promise<void> {
    this.digits.push(`${id} ${digits}`);
  }

  play(tone: Tone): void {
    this.tone = tone;
  }

  /** The streams that the agent hears and that hear the agent. */
  get connected(): string[] {
    return [...this.streams].filter(([, settings]) => settings?.connected).map(([id]) => id);
  }
}

export class FakeLine extends EventEmitter<LineEvents> implements Line {
  readonly configuration = {
    id: 'line0',
    user: '701',
    server: 'example.org:5060',
    transport: 'udp',
    displayName: '',
    password: '',
    registerTimeoutS: 0,
    registerIntervalS: 0,
  };
  readonly snapshot: LineSnapshot = {
    id: 'line0',
    state: 'STANDALONE',
    address: 'sip:701@example.org',
    displayName: '',
    server: 'example.org:5060',
    transport: 'udp',
    failure: null,
    retryAtMs: 0,
    expiresAtMs: 0,
  };
  readonly localAddress = '192.0.2.1';
  readonly sessions: FakeSession[] = [];
  /** What the next invite throws. */
  refusal: Error | null = null;

  async start(): Promise<void> {}
  register(): void {}
  async unregister(): Promise<void> {}
  async stop(): Promise<void> {}

  invite(target: string, media: SessionMedia): Session {
    if (this.refusal) throw this.refusal;
    const session = new FakeSession('outgoing', media, target);
    this.sessions.push(session);
    return session;
  }
}

export class FakeInvite implements IncomingInvite {
  readonly offer: string | null;
  refused: number | null = null;
  session: FakeSession | null = null;
  /** The caller gave up before the phone took the call. */
  cancelled = false;

  constructor(offer: string | null = farSdp()) {
    this.offer = offer;
  }

  header(): string | null {
    return null;
  }

  take(media: SessionMedia): Session {
    this.session = new FakeSession('incoming', media, '555');
    if (this.cancelled) this.session.state = 'ended';
    return this.session;
  }

  refuse(status: number): void {
    this.refused = status;
  }

  redirect(): void {
    this.refused = 302;
  }
}
