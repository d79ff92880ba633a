/** What the main thread sees of the media worker. Everything here is a message to the worker or from it. */
import { EventEmitter } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { blankAudio } from '@thinline/shared/contract/blank.ts';
import type { Audio, CallQuality, DeviceSettings, Levels, TestSound } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Level, Log } from '@thinline/shared/log/log.ts';
import { servePortaudio } from '../audio/drivers/portaudio-bridge.ts';
import type { PlayedAlert } from './alert.ts';
import type { FromWorker, ToWorker, WorkerAudio, WorkerOptions } from './messages.ts';
import { type SoundPreferences, shownPreferences, usualPreferences } from './preferences.ts';
import type { StreamTrouble } from './stream.ts';
import type { LocalAddress, SoundSettings, StreamPlace, StreamSettings, Tone } from './stream-settings.ts';

export interface MediaEvents {
  /** Driver, devices, codecs: after start, and whenever one of them changes. */
  audio: [audio: Audio];
  levels: [levels: Levels];
  quality: [quality: CallQuality];
  /** One whole digit was heard, as a telephone event or a tone. */
  dtmf: [streamId: string, digit: string];
  /** Something of a stream that its call should know. */
  trouble: [streamId: string, trouble: StreamTrouble];
  /** The worker ended unexpectedly; every stream is gone. */
  failed: [detail: string];
}

export interface MediaOptions {
  log: Log;
  /** The value of --audio (a driver's name, perhaps with its options after a colon); null: the best one that works. */
  audio?: string | null;
  /** What the worker sends to the log at all; default info. */
  logLevel?: Level;
}

/** A worker that is told to stop says its goodbyes within so long, or is ended without them. */
const stopMs = 2_000;

interface Pending {
  resolve: (result: LocalAddress | null) => void;
  reject: (error: Error) => void;
}

type Request = Extract<ToWorker, { request: number }>;
/** Keeps the union apart, as Omit alone would not. */
type WithoutNumber<Message> = Message extends Request ? Omit<Message, 'request'> : never;

export class Media extends EventEmitter<MediaEvents> {
  readonly #options: MediaOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #lastRequest = 0;
  #audio: WorkerAudio = blankAudio();
  #sound: SoundSettings | null = null;
  #devices: DeviceSettings | null = null;
  #alerts: readonly PlayedAlert[] = [];
  #preferences: SoundPreferences = usualPreferences;

  constructor(options: MediaOptions) {
    super();
    this.#options = options;
  }

  get audio(): Audio {
    return { ...this.#audio, ...shownPreferences(this.#preferences, this.#audio.devices) };
  }

  get preferences(): SoundPreferences {
    return this.#preferences;
  }

  /** Starts the worker, chooses the audio driver, loads the codecs. Rejects with FailureError mediaFailed. */
  start(): Promise<void> {
    const { audio = null, logLevel = 'info' } = this.#options;
    const workerData: WorkerOptions = { audio, logLevel };
    // A collection of young objects would wait for threads of V8's that have not the worker's priority; it needs no help.
    setFlagsFromString('--no-parallel-scavenge');
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'media', workerData });
    this.#worker = worker;
    servePortaudio(worker);
    if (this.#sound !== null) this.setSound(this.#sound);
    if (this.#devices !== null) this.setDevices(this.#devices);
    this.setAlerts(this.#alerts);
    this.#post({ type: 'preferences', preferences: this.#preferences });
    return new Promise((resolve, reject) => {
      let cause = 'The media worker ended.';
      let started = false;
      worker.on('message', (message: FromWorker) => {
        this.#take(message);
        if (message.type !== 'started') return;
        started = true;
        resolve();
      });
      worker.on('error', (error) => {
        cause = error instanceof Error ? error.message : String(error);
      });
      worker.on('exit', () => {
        if (!started) this.#worker = null;
        reject(new FailureError('mediaFailed', { detail: cause }));
        this.#ended(worker, cause);
      });
    });
  }

  /** Closes every stream and the devices. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    const exited = new Promise((done) => worker.once('exit', done));
    const stopped = this.#request({ type: 'stop' });
    this.#worker = null;
    const timer = setTimeout(() => worker.terminate(), stopMs);
    await stopped.catch(() => {});
    await exited;
    clearTimeout(timer);
  }

  /** Opens RTP and RTCP sockets. Rejects with FailureError noRtpPort. */
  async createStream(id: string, local: StreamPlace): Promise<LocalAddress> {
    const address = await this.#request({ type: 'createStream', id, local });
    if (address === null)
      throw new FailureError('internal', { detail: 'createStream was answered without an address' });
    return address;
  }

  updateStream(id: string, settings: StreamSettings): void {
    this.#post({ type: 'updateStream', id, settings });
  }

  closeStream(id: string): void {
    this.#post({ type: 'closeStream', id });
  }

  /**
   * Settles when the last digit has been sent, or the stream was closed. inBand: as tones in the sound, in place of
   * telephone events. Rejects when the far end takes none now.
   */
  async sendDtmf(id: string, digits: string, inBand = false): Promise<void> {
    await this.#request({ type: 'sendDtmf', id, digits, inBand });
  }

  /** For all streams, those that are there too; kept for a worker that takes the place of this one. */
  setSound(settings: SoundSettings): void {
    this.#sound = settings;
    this.#post({ type: 'sound', settings });
  }

  /** Which devices are to be used; kept like setSound. */
  setDevices(settings: DeviceSettings): void {
    this.#devices = settings;
    this.#post({ type: 'devices', settings });
  }

  /** All that is to be heard of calls from now on; kept like setSound. */
  setAlerts(alerts: readonly PlayedAlert[]): void {
    this.#alerts = alerts;
    this.#post({ type: 'alerts', alerts });
  }

  play(tone: Tone): void {
    this.#post({ type: 'play', tone });
  }

  /** What the agent wants; kept like setSound, so that who is muted stays so. */
  setPreferences(preferences: SoundPreferences): void {
    this.#preferences = preferences;
    this.#post({ type: 'preferences', preferences });
    this.emit('audio', this.audio);
  }

  /** In place of what is being tried out; it ends by itself, and audio tells so. */
  test(kind: TestSound['kind']): void {
    this.#post({ type: 'test', kind });
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #request(message: WithoutNumber<Request>): Promise<LocalAddress | null> {
    if (this.#worker === null) return Promise.reject(new FailureError('mediaFailed', { detail: 'It is not running.' }));
    const request = ++this.#lastRequest;
    return new Promise((resolve, reject) => {
      this.#pending.set(request, { resolve, reject });
      this.#post({ ...message, request });
    });
  }

  #take(message: FromWorker): void {
    switch (message.type) {
      case 'started':
        this.#audio = message.audio;
        return;
      case 'audio':
        this.#audio = message.audio;
        this.emit('audio', this.audio);
        return;
      case 'levels':
        this.emit('levels', message.levels);
        return;
      case 'quality':
        this.emit('quality', message.quality);
        return;
      case 'dtmf':
        this.emit('dtmf', message.id, message.digit);
        return;
      case 'trouble':
        this.emit('trouble', message.id, message.trouble);
        return;
      case 'log':
        this.#options.log[message.level](message.text);
        return;
      case 'done':
        this.#settle(message.request)?.resolve(message.result);
        return;
      case 'refused':
        this.#settle(message.request)?.reject(new FailureError(message.name, message.facts));
        return;
    }
  }

  #settle(request: number): Pending | undefined {
    const pending = this.#pending.get(request);
    this.#pending.delete(request);
    return pending;
  }

  /** Whatever was asked for will not be answered any more. */
  #ended(worker: Worker, detail: string): void {
    const open = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of open) reject(new FailureError('mediaFailed', { detail }));
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#audio = { ...this.#audio, test: 'NONE' };
    this.emit('failed', detail);
  }
}
