/** The truth about the phone: lines, calls, sound. Takes commands, says what changes. */
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type {
  CallPolicy,
  CallQuality,
  Command,
  Configuration,
  EndpointIdentity,
  Failure,
  Forwarding,
  LineConfiguration,
  Notice,
  Snapshot,
} from '@thinline/shared/contract/types.ts';
import { FailureError, failure, failureOf, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { AlertSounds } from './call/alert-sounds.ts';
import { usualAlerting } from './call/alerting.ts';
import { Calls } from './call/calls.ts';
import { missingCodecs } from './call/codecs.ts';
import { LocalFeatures } from './call/local-features.ts';
import { iceServers, mediaPolicy, soundSettings } from './call/media-policy.ts';
import { allDevices, defaultPolicy } from './call/policy.ts';
import { unreachable } from './call/unreachable.ts';
import type { EventBody } from './channel/event-log.ts';
import type { Media } from './media/media.ts';
import { type SoundPreferences, selectDevices, setVolume } from './media/preferences.ts';
import type { TestKind } from './media/sound-test.ts';
import { QualityWatch, usualQuality } from './quality/quality-watch.ts';
import type { Line } from './sip/line.ts';
import { usualSettings } from './sip/settings.ts';
import { openSipStack, type SipStack } from './sip/stack.ts';
import type { SoundMemory } from './sound-memory.ts';

/** How long after "no free port" or a lost media worker the next attempt is made, ms. */
const retryAfter = 5000;
/** How long calls and registrations get to end in order, ms. */
const farewell = 2000;

export interface EndpointEvents {
  event: [body: EventBody];
  passing: [body: EventBody];
  /** In force from now on; emitted before anything else is done about it. */
  configured: [configuration: Configuration];
  /** A shutdown command was carried out. */
  ended: [];
}

export interface EndpointOptions {
  identity: EndpointIdentity;
  media: Media;
  log: Log;
  userAgent: string;
  /** What the agent sets of the sound is forgotten without. */
  memory?: SoundMemory;
}

/** Of a configuration: what takes a new stack when it changes. */
type StackSettings = Pick<Configuration, 'sipPorts' | 'sip'>;

const stackSettings = ({ sipPorts, sip }: Configuration): StackSettings => ({ sipPorts, sip });

const isWanted = ({ configuration }: Line, { lines }: Configuration): boolean =>
  lines.some((it) => isDeepStrictEqual(it, configuration));

export class Endpoint extends EventEmitter<EndpointEvents> {
  readonly identity: EndpointIdentity;
  /** Whether an app layer sees what happens here: told by whoever has the links. */
  watched = false;
  #options: EndpointOptions;
  #calls: Calls;
  #alertSounds: AlertSounds;
  #features = new LocalFeatures();
  #watch: QualityWatch;
  #configuration: Configuration | null = null;
  #stack: SipStack | null = null;
  /** What the stack was opened with. */
  #stackSettings: StackSettings | null = null;
  #notices = new Map<string, Notice>();
  #qualities = new Map<string, CallQuality>();
  #retry: NodeJS.Timeout | undefined;
  #mediaRetry: NodeJS.Timeout | undefined;
  #stopped = false;
  /** What opens, closes and fills the stack, one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: EndpointOptions) {
    super();
    this.identity = options.identity;
    this.#options = options;
    const { media, log } = options;
    this.#alertSounds = new AlertSounds({ log: log.child('alerts'), play: (alerts) => media.setAlerts(alerts) });
    this.#watch = new QualityWatch({
      settings: () => this.#configuration?.quality ?? usualQuality,
      notify: (subject, trouble) => this.#notify(subject, trouble && failure(trouble.name, trouble.facts)),
      line: (id) => this.#lines.find((it) => it.configuration.id === id),
    });
    this.#calls = new Calls({
      media,
      log: log.child('call'),
      mediaPolicy: ({ configuration }) =>
        mediaPolicy(this.#configuration?.media ?? null, configuration, media.audio.codecs),
      iceServers: ({ configuration }) =>
        iceServers(configuration.nat, process.env, this.#configuration?.sip?.tls ?? undefined),
      rtpPorts: () => this.#configuration?.rtpPorts ?? { min: 0, max: 0 },
      policy: () => this.#policy,
      alerting: () => this.#configuration?.alerting ?? usualAlerting,
      useHeadset: () => this.#configuration?.devices?.useHeadset ?? false,
      devices: () => {
        const { driver, headsetAvailable, captureId, playbackId } = media.audio;
        // Until the media worker has looked, nobody is refused.
        if (driver === '') return allDevices;
        return { headsetAvailable, microphone: captureId !== '', loudspeaker: playbackId !== '' };
      },
      watched: () => this.watched,
      alert: (alerts) => this.#alertSounds.play(alerts),
      features: (line) => this.#features.of(line),
    });
  }

  /** Commands may come before it has settled: what needs sound waits for the media worker. */
  async start(): Promise<void> {
    const { media, memory } = this.#options;
    this.#calls.on('changed', (call) => {
      this.#watch.changed(call);
      if (call.state === 'RELEASED') this.#qualities.delete(call.id);
      this.emit('event', { call });
    });
    this.#calls.on('over', () => void this.#inTurn(() => this.#catchUp()).catch(() => {}));
    media.on('audio', (audio) => {
      this.#calls.devicesChanged();
      this.emit('event', { audio });
    });
    media.on('levels', (levels) => {
      // Nobody misses a microphone that is muted.
      if (!media.audio.microphoneMuted) this.#watch.levels(levels);
      this.emit('passing', { levels });
    });
    media.on('quality', (quality) => {
      this.#watch.quality(quality);
      // The last one of a call comes after its end, and nobody would take it away again.
      if (!this.#calls.has(quality.callId)) return;
      this.#qualities.set(quality.callId, quality);
      this.emit('passing', { quality });
    });
    media.on('failed', (detail) => this.#mediaFailed(detail));
    this.#calls.start();
    if (memory) media.setPreferences(memory.read());
    await media.start();
    this.emit('event', { audio: media.audio });
  }

  /** Ends calls and registrations in order, then everything. */
  stop(): Promise<void> {
    const done = this.#inTurn(async () => {
      clearTimeout(this.#retry);
      clearTimeout(this.#mediaRetry);
      await this.#calls.endAll(farewell);
      await this.#unregister(this.#lines);
      await this.#closeStack();
      this.#options.memory?.flush();
      await this.#options.media.stop();
    });
    // What was asked for in the meantime must not register anew.
    this.#stopped = true;
    return done;
  }

  get callsUp(): boolean {
    return this.#calls.snapshots.length > 0;
  }

  /** Calls that come are refused, as no app layer sees them. */
  get refusing(): boolean {
    return unreachable(this.#policy, this.watched) !== null;
  }

  snapshot(): Snapshot {
    return {
      endpoint: this.identity,
      configurationRevision: this.#configuration?.revision ?? '',
      lines: this.#lines.map((line) => this.#features.shown(line)),
      calls: this.#calls.snapshots,
      audio: this.#options.media.audio,
      qualities: [...this.#qualities.values()],
      notices: [...this.#notices.values()],
    };
  }

  /** Answers with the id of the call that was made, or ''. Rejects with FailureError. */
  async execute(command: Command): Promise<string> {
    const { media } = this.#options;
    const calls = this.#calls;
    if (command.dial) {
      const { lineId, target, anonymous, appearance } = command.dial;
      return calls.dial(this.#line(lineId), target, { anonymous, appearance });
    }
    if (command.configure?.configuration) await this.#configure(command.configure.configuration);
    else if (command.answer) calls.answer(command.answer.callId);
    else if (command.reject) calls.reject(command.reject.callId, command.reject.status);
    else if (command.hangUp) calls.hangUp(command.hangUp.callId);
    else if (command.hold) await calls.hold(command.hold.callId);
    else if (command.resume) await calls.resume(command.resume.callId);
    else if (command.mute) calls.mute(command.mute.callId, command.mute.on);
    else if (command.sendDtmf) await calls.sendDtmf(command.sendDtmf.callId, command.sendDtmf.digits);
    else if (command.transfer) {
      const { callId, target, otherCallId } = command.transfer;
      await calls.transfer(callId, target, otherCallId);
    } else if (command.conference) await calls.conference(command.conference.on);
    else if (command.setAgentState) {
      await this.#line(command.setAgentState.lineId).setAgentState(command.setAgentState);
    } else if (command.setDoNotDisturb) {
      await this.#setDoNotDisturb(this.#line(command.setDoNotDisturb.lineId), command.setDoNotDisturb.on);
    } else if (command.setForwarding?.forwarding) {
      await this.#setForwarding(this.#line(command.setForwarding.lineId), command.setForwarding.forwarding);
    } else if (command.selectDevices) {
      const { picks, volumes } = media.preferences;
      this.#prefer({ picks: selectDevices(picks, command.selectDevices, media.audio.devices), volumes });
    } else if (command.setVolume) {
      const { picks, volumes } = media.preferences;
      this.#prefer({ picks, volumes: setVolume(volumes, command.setVolume) });
    } else if (command.testSound) this.#testSound(command.testSound.kind);
    else if (command.register) await this.#register(command.register.lineId, command.register.remove);
    else if (command.shutdown) await this.stop().then(() => this.emit('ended'));
    else throw new FailureError('unknownCommand');
    return '';
  }

  get #policy(): CallPolicy {
    return this.#configuration?.calls ?? defaultPolicy;
  }

  get #lines(): readonly Line[] {
    return this.#stack?.lines ?? [];
  }

  /** The line of that id; without one, the first. */
  #line(id: string): Line {
    const line = id ? this.#lines.find((it) => it.configuration.id === id) : this.#lines[0];
    if (!line) throw new FailureError('noLine', { line: id || 'asked for' });
    return line;
  }

  #prefer(preferences: SoundPreferences): void {
    this.#options.media.setPreferences(preferences);
    this.#options.memory?.keep(preferences);
  }

  #testSound(kind: TestKind): void {
    const { media } = this.#options;
    const { captureId, playbackId, ringerId } = media.audio;
    const detail = 'The sound service of the endpoint lists none.';
    const missing = (what: string) => new FailureError('noDevice', { kind: what, detail });
    if (kind === 'TONE' && playbackId === '') throw missing('loudspeaker');
    if (kind === 'RINGER' && ringerId === '') throw missing('loudspeaker');
    if (kind === 'MICROPHONE' && captureId === '') throw missing('microphone');
    media.test(kind);
  }

  async #setDoNotDisturb(line: Line, on: boolean): Promise<void> {
    if (on) this.#calls.leaveToPeople(line.configuration.id);
    if (line.keepsFeatures) return line.setDoNotDisturb(on);
    this.#features.setDoNotDisturb(line, on);
    this.#showLine(line);
  }

  async #setForwarding(line: Line, forwarding: Forwarding): Promise<void> {
    if (line.keepsFeatures) return line.setForwarding(forwarding);
    this.#features.setForwarding(line, forwarding);
    this.#showLine(line);
  }

  #showLine(line: Line): void {
    this.emit('event', { line: this.#features.shown(line) });
  }

  async #register(lineId: string, remove: boolean): Promise<void> {
    await this.#inTurn(() => this.#reopenStack());
    const lines = lineId ? [this.#line(lineId)] : this.#lines;
    if (remove) await Promise.all(lines.map((line) => line.unregister()));
    else for (const line of lines) line.register();
  }

  /** One configuration after the other; the last one wins. */
  #configure(configuration: Configuration): Promise<void> {
    return this.#inTurn(() => this.#apply(configuration));
  }

  /** Two at once could open two stacks, one of which nobody would ever close. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#stopped) return this.#turn;
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #apply(configuration: Configuration): Promise<void> {
    if (this.#configuration?.revision === configuration.revision && this.#stack) return;
    this.#configuration = configuration;
    this.emit('configured', configuration);
    this.#applyToSound(configuration);
    this.#tellMissingCodecs(configuration);
    await this.#catchUp();
  }

  /** Makes lines and stack what the configuration says; what a call is on stays as it is until the call has ended. */
  async #catchUp(): Promise<void> {
    const configuration = this.#configuration;
    if (!configuration) return;
    const isSame = isDeepStrictEqual(this.#stackSettings, stackSettings(configuration));
    if (this.#stack && !isSame) await this.#leaveStack(this.#stack);
    if (this.#stack) await this.#changeLines(this.#stack, configuration);
    else await this.#openStack(configuration);
  }

  /** Nothing waits for sound files: until they are read, tones stand for them. */
  #applyToSound(configuration: Configuration): void {
    const { media } = this.#options;
    media.setSound(soundSettings(configuration));
    if (configuration.devices) media.setDevices(configuration.devices);
    void this.#alertSounds.use(configuration.alerting ?? usualAlerting);
  }

  /** Those that are configured, and that the media worker doesn't have. */
  #tellMissingCodecs({ media }: Configuration): void {
    const { media: worker, log } = this.#options;
    const missing = media && worker.audio.codecs.length > 0 ? missingCodecs(media.codecs, worker.audio.codecs) : [];
    if (missing.length > 0) log.info(`configured, and not offered as they are not here: ${missing.join(', ')}`);
  }

  async #changeLines(stack: SipStack, configuration: Configuration): Promise<void> {
    const outdated = stack.lines.filter((line) => !isWanted(line, configuration));
    await Promise.all(outdated.map((line) => this.#removeLine(stack, line)));
    await this.#addLines(stack, configuration);
  }

  async #removeLine(stack: SipStack, line: Line): Promise<void> {
    const { id } = line.configuration;
    if (!(await this.#mayGo([line], id))) return this.#options.log.info(`${id} changes once its calls have ended`);
    await stack.removeLine(line);
    this.emit('event', { lineRemoved: id });
  }

  async #leaveStack(stack: SipStack): Promise<void> {
    if (await this.#mayGo(stack.lines)) await this.#closeStack();
    else this.#options.log.info('the settings of SIP change once all calls have ended');
  }

  /** Unregisters what no call is on: that line, or all of them. Not so where a call comes in meanwhile. */
  async #mayGo(lines: readonly Line[], id?: string): Promise<boolean> {
    if (this.#calls.areOn(id)) return false;
    const registered = lines.filter((line) => line.snapshot.state !== 'UNREGISTERED');
    await this.#unregister(lines);
    if (!this.#calls.areOn(id)) return true;
    for (const line of registered) line.register();
    return false;
  }

  async #unregister(lines: readonly Line[]): Promise<void> {
    // By then, reports of their last calls have to be on their way.
    this.#watch.flush();
    await Promise.all(lines.map((line) => line.unregister()));
  }

  async #openStack(configuration: Configuration): Promise<void> {
    clearTimeout(this.#retry);
    const { log, userAgent } = this.#options;
    try {
      const ports = configuration.sipPorts ?? { min: 0, max: 0 };
      const settings = configuration.sip ?? usualSettings;
      this.#stack = await openSipStack({ ports, settings, log: log.child('sip'), userAgent });
      this.#stackSettings = stackSettings(configuration);
    } catch (error) {
      this.#notify('port', failureOf(error));
      this.#retry = setTimeout(() => this.#inTurn(() => this.#reopenStack()).catch(() => {}), retryAfter);
      throw error;
    }
    this.#notify('port', null);
    await this.#addLines(this.#stack, configuration);
  }

  async #reopenStack(): Promise<void> {
    if (!this.#stack && this.#configuration) await this.#openStack(this.#configuration);
  }

  async #addLines(stack: SipStack, configuration: Configuration): Promise<void> {
    // One that stays for its calls has the contact of its user, and would take it along when it goes.
    const isTaken = ({ id, user }: LineConfiguration) =>
      stack.lines.some(
        (line) => line.configuration.id === id || (line.configuration.user === user && !isWanted(line, configuration)),
      );
    const missing = configuration.lines.filter((it) => !isTaken(it));
    await Promise.all(
      missing.map(async (it) => {
        const line = stack.addLine(it);
        line.on('changed', () => this.#showLine(line));
        line.on('incoming', (invite) => void this.#calls.incoming(line, invite));
        line.on('refer', (referral) => void this.#calls.refer(line, referral));
        await line.start();
      }),
    );
  }

  async #closeStack(): Promise<void> {
    const stack = this.#stack;
    if (!stack) return;
    this.#stack = null;
    this.#stackSettings = null;
    for (const line of stack.lines) this.emit('event', { lineRemoved: line.configuration.id });
    await stack.close();
  }

  #mediaFailed(detail: string): void {
    if (this.#stopped) return;
    this.#notify('sound', failureOf(new FailureError('mediaFailed', { detail })));
    this.#mediaRetry = setTimeout(() => {
      const { media } = this.#options;
      media.start().then(
        () => {
          this.#notify('sound', null);
          this.emit('event', { audio: media.audio });
        },
        (error: unknown) => this.#mediaFailed(error instanceof Error ? error.message : String(error)),
      );
    }, retryAfter);
  }

  #notify(subject: string, failure: Failure | null): void {
    if (!failure && !this.#notices.has(subject)) return;
    const notice = { subject, failure };
    if (failure) {
      this.#notices.set(subject, notice);
      this.#options.log.error(sentence(failure));
    } else this.#notices.delete(subject);
    this.emit('event', { notice });
  }
}
