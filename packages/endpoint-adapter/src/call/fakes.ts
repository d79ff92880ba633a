/** Sessions, lines and media that do what a test tells them, and a phone of these. */
import { EventEmitter } from 'node:events';
import { blankLine, blankLineConfiguration } from '@thinline/shared/contract/blank.ts';
import type {
  AlertingSettings,
  CallPolicy,
  Call as CallSnapshot,
  CallState,
  Forwarding,
  LineConfiguration,
  Line as LineSnapshot,
  SetAgentState,
} from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { AlertTone } from '../media/alert.ts';
import type { MediaEvents } from '../media/media.ts';
import type { LocalAddress, MediaDirection, SoundSettings, StreamSettings, Tone } from '../media/stream-settings.ts';
import type { Identity } from '../sip/headers/identity.ts';
import type { IncomingInvite, InviteOptions, Line, LineEvents } from '../sip/line.ts';
import type { HeaderField, SipMessage } from '../sip/message/message.ts';
import type {
  Outcome,
  Referral,
  Session,
  SessionEnd,
  SessionEvents,
  SessionMedia,
  SessionState,
  TransferProgress,
} from '../sip/session/session.ts';
import { type Alert, usualAlerting } from './alerting.ts';
import type { CallMedia } from './call.ts';
import { Calls } from './calls.ts';
import { LocalFeatures } from './local-features.ts';
import { plainPolicy } from './media-policy.ts';
import { allDevices, defaultPolicy } from './policy.ts';
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

const done: Outcome = { ok: true, status: 200, reason: 'OK' };

/** A transfer that was asked for, and what the far end says to it. */
export interface FakeTransfer {
  readonly to: string | Session;
  progress(status: number): void;
  settle(outcome: Outcome): void;
}

export class FakeSession extends EventEmitter<SessionEvents> implements Session {
  state: SessionState;
  readonly direction: 'outgoing' | 'incoming';
  callId = `session${++sessions}@example.org`;
  callUuid = '';
  readonly peer: Identity;
  readonly media: SessionMedia;
  /** The methods that were called, in order. */
  readonly told: string[] = [];
  /** The offers of our re-INVITEs. */
  readonly offers: string[] = [];
  /** The bodies of our INFOs. */
  readonly infos: string[] = [];
  readonly transfers: FakeTransfer[] = [];
  /** How the far end answers a re-INVITE; a promise lets it wait. */
  response: Promise<Outcome> | null = null;
  /** How the far end answers an INFO. */
  infoResponse: Promise<Outcome> | null = null;

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

  answer(echo?: HeaderField): void {
    this.told.push(echo ? `answer ${echo.name}: ${echo.value}` : 'answer');
  }

  reject(status: number): void {
    this.told.push(`reject ${status}`);
    this.end({ by: 'local', status, reason: '' });
  }

  redirect(target: string): void {
    this.told.push(`redirect ${target}`);
    this.end({ by: 'local', status: 302, reason: '' });
  }

  hangUp(): void {
    this.told.push('hangUp');
    this.end({ by: 'local', status: 0, reason: '' });
  }

  async renegotiate(): Promise<Outcome> {
    const offer = this.media.offer();
    this.offers.push(offer);
    const response = (await this.response) ?? done;
    if (response.ok) this.media.accept(farSdp(answersTo[directionOf(offer)]));
    return response;
  }

  async sendInfo(contentType: string, body: string): Promise<Outcome> {
    this.infos.push(`${contentType} ${body}`);
    return (await this.infoResponse) ?? done;
  }

  transfer(to: string | Session, progress: (it: TransferProgress) => void): Promise<Outcome> {
    this.told.push(`transfer ${typeof to === 'string' ? to : to.callId}`);
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.transfers.push({ to, progress: (status) => progress({ status, reason: '' }), settle: resolve });
    return promise;
  }

  /** The directions of our re-INVITEs. */
  get directions(): MediaDirection[] {
    return this.offers.map(directionOf);
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

  /** Sound of the far end before the answer. */
  earlyMedia(reliable: boolean): void {
    this.media.offer();
    this.media.accept(farSdp());
    this.state = 'early';
    this.emit('progress', 183, 'Session Progress');
    this.emit('earlyMedia', reliable);
  }

  end(end: SessionEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.emit('ended', end);
  }
}

export class FakeReferral implements Referral {
  readonly target: string;
  readonly replaces: string;
  readonly referredBy: string;
  made: Session | null = null;
  refused: number | null = null;

  constructor(target: string, more: { replaces?: string; referredBy?: string } = {}) {
    this.target = target;
    this.replaces = more.replaces ?? '';
    this.referredBy = more.referredBy ?? '';
  }

  accept(made: Session): void {
    this.made = made;
  }

  refuse(status: number): void {
    this.refused = status;
  }
}

export class FakeMedia extends EventEmitter<MediaEvents> implements CallMedia {
  /** Open streams and the last settings of each. */
  readonly streams = new Map<string, StreamSettings | null>();
  readonly digits: string[] = [];
  sound: SoundSettings | null = null;
  beeps = 0;
  /** Digits that people heard. */
  feedback = '';
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

  setSound(settings: SoundSettings): void {
    this.sound = settings;
  }

  play(tone: Tone): void {
    if (typeof tone === 'object') this.feedback += tone.digits;
    else this.beeps += 1;
  }

  /** The streams that the agent hears and that hear the agent. */
  get connected(): string[] {
    return [...this.streams].filter(([, settings]) => settings?.connected).map(([id]) => id);
  }
}

export const lineConfiguration = (more: Partial<LineConfiguration> = {}): LineConfiguration =>
  blankLineConfiguration({ id: 'line0', user: '701', server: 'example.org:5060', transport: 'udp', ...more });

export class FakeLine extends EventEmitter<LineEvents> implements Line {
  readonly configuration: LineConfiguration;
  readonly snapshot: LineSnapshot;
  readonly localAddress = '192.0.2.1';
  readonly sessions: FakeSession[] = [];
  /** The options of each invite. */
  readonly options: InviteOptions[] = [];
  keepsFeatures = false;
  /** What the server was asked for. */
  readonly asked: (boolean | Forwarding | SetAgentState)[] = [];
  /** Quality reports, each with its collector before it. */
  readonly reports: [collector: string, body: string][] = [];
  /** What the next invite throws. */
  refusal: Error | null = null;

  constructor(configuration: LineConfiguration = lineConfiguration()) {
    super();
    this.configuration = configuration;
    const { id, user, server, transport } = configuration;
    this.snapshot = blankLine({ id, state: 'STANDALONE', address: `sip:${user}@example.org`, server, transport });
  }

  async start(): Promise<void> {}
  register(): void {}
  async unregister(): Promise<void> {}
  async stop(): Promise<void> {}

  invite(target: string, media: SessionMedia, options: InviteOptions = {}): Session {
    if (this.refusal) throw this.refusal;
    const session = new FakeSession('outgoing', media, target);
    this.sessions.push(session);
    this.options.push(options);
    return session;
  }

  async setDoNotDisturb(on: boolean): Promise<void> {
    this.asked.push(on);
  }

  async setForwarding(forwarding: Forwarding): Promise<void> {
    this.asked.push(forwarding);
  }

  async setAgentState(wanted: SetAgentState): Promise<void> {
    this.asked.push(wanted);
  }

  reportQuality(collector: string, body: string): void {
    this.reports.push([collector, body]);
  }
}

export interface FakeInviteOptions {
  offer?: string | null;
  /** Names in lower case. */
  headers?: Record<string, string | readonly string[]>;
  fromServer?: boolean;
  replaces?: Session | null;
  callId?: string;
}

export const inviteWith = (headers: Record<string, string | readonly string[]>): SipMessage => ({
  method: 'INVITE',
  uri: 'sip:4711@192.0.2.1',
  status: 0,
  reason: '',
  fields: Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value }))),
  body: '',
});

export class FakeInvite implements IncomingInvite {
  readonly message: SipMessage;
  readonly offer: string | null;
  readonly callId: string;
  readonly fromServer: boolean;
  readonly replaces: Session | null;
  refused: number | null = null;
  /** The phrase of the refusal, where it is not the usual one. */
  refusedBecause = '';
  redirected: string | null = null;
  session: FakeSession | null = null;
  /** The caller gave up before the phone took the call. */
  cancelled = false;

  constructor(options: FakeInviteOptions = {}) {
    this.offer = options.offer === undefined ? farSdp() : options.offer;
    this.callId = options.callId ?? `invite${++sessions}@example.org`;
    this.fromServer = options.fromServer ?? true;
    this.replaces = options.replaces ?? null;
    this.message = inviteWith(options.headers ?? {});
  }

  take(media: SessionMedia): Session {
    const session = new FakeSession('incoming', media, '555');
    session.callId = this.callId;
    if (this.cancelled) session.state = 'ended';
    this.session = session;
    return session;
  }

  refuse(status: number, reason = ''): void {
    this.refused = status;
    this.refusedBecause = reason;
  }

  redirect(target: string): void {
    this.redirected = target;
  }
}

/** A call, and the session below it. */
export interface FakeCall {
  id: string;
  session: FakeSession;
}

export class FakePhone {
  readonly media = new FakeMedia();
  readonly line = new FakeLine();
  readonly features = new LocalFeatures();
  policy: CallPolicy = { ...defaultPolicy };
  alertingSettings: AlertingSettings = { ...usualAlerting };
  useHeadset = false;
  devices = { ...allDevices };
  watched = true;
  /** What is to be heard now. */
  alerts: readonly Alert[] = [];
  readonly calls = new Calls({
    media: this.media,
    log: silent,
    mediaPolicy: () => plainPolicy([pcmu]),
    iceServers: () => ({ stun: null, turn: null }),
    rtpPorts: () => ({ min: 9000, max: 9999 }),
    policy: () => this.policy,
    alerting: () => this.alertingSettings,
    useHeadset: () => this.useHeadset,
    devices: () => this.devices,
    watched: () => this.watched,
    alert: (alerts) => {
      this.alerts = alerts;
    },
    features: (line) => this.features.of(line),
  });
  /** Of all that is to be heard, the first. */
  get tone(): AlertTone | 'none' {
    return this.alerts[0]?.tone ?? 'none';
  }

  /** The last that was heard of each call. */
  readonly seen = new Map<string, CallSnapshot>();

  constructor() {
    this.calls.start();
    this.calls.on('changed', (call) => this.seen.set(call.id, structuredClone(call)));
  }

  /** Undefined once it is over. */
  call(id: string): CallSnapshot | undefined {
    return this.calls.snapshots.find((call) => call.id === id);
  }

  stateOf(id: string): CallState | undefined {
    return this.call(id)?.state;
  }

  async dialled(target = '602'): Promise<FakeCall> {
    const id = await this.calls.dial(this.line, target);
    const session = this.line.sessions.at(-1);
    if (!session) throw new Error('no session');
    return { id, session };
  }

  async talking(target = '602'): Promise<FakeCall> {
    const call = await this.dialled(target);
    call.session.confirm();
    return call;
  }

  /** An INVITE that the phone takes. */
  async alerting(invite = new FakeInvite(), line = this.line): Promise<FakeCall> {
    const before = new Set(this.seen.keys());
    await this.calls.incoming(line, invite);
    const id = [...this.seen.keys()].find((it) => !before.has(it)) ?? '';
    if (!invite.session) throw new Error('no session');
    return { id, session: invite.session };
  }

  /** Settles when the call is in that state; undefined: over. */
  becomes(id: string, state: CallState | undefined): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.stateOf(id) !== state) return;
        this.calls.off('changed', look);
        resolve();
      };
      this.calls.on('changed', look);
      look();
    });
  }
}
