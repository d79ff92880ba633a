/** The devices in use: opened while there is something to hear or say, changed when they go, told of when they change. */
import { isDeepStrictEqual } from 'node:util';
import { usualDevices } from '@thinline/shared/config/devices.ts';
import type { DeviceSettings, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { AudioDriver, AudioStream } from '../audio/driver.ts';
import type { ChosenDriver } from '../audio/drivers.ts';
import { Inventory } from '../audio/inventory.ts';
import { keepsOpen } from '../devices/audio-layer.ts';
import { type DeviceRules, readDeviceRules } from '../devices/device-rules.ts';
import { nextDevices } from '../devices/in-call.ts';
import { type DevicePicks, noPicks } from '../devices/picks.ts';
import { type PlugEvents, plugEventsOf } from '../devices/plug-events.ts';
import type { DeviceChoice } from '../devices/selection.ts';
import { StuckAudio } from '../devices/stuck-audio.ts';
import type { AlertPlaces } from './alert-outputs.ts';
import type { WorkerAudio } from './messages.ts';

/** One that couldn't be opened, or stopped sooner than that, is tried again after so long. */
const retryMs = 1_000;

export interface SoundOptions {
  chosen: ChosenDriver;
  /** Silence instead of the sound that was wanted: then people must know. */
  asWanted: boolean;
  log: Log;
  /** A frame of the microphone's can be read. */
  onCaptured: () => void;
  /** What audio() says has changed. */
  onChanged: () => void;
  /** The sound service has just answered, so further devices may be opened: what places() says is there. */
  onListed: () => void;
  /** News of plugs; those of the driver's sound service when not said. */
  plugEvents?: PlugEvents | null;
}

export class Sound {
  readonly #options: SoundOptions;
  readonly #driver: AudioDriver;
  readonly #inventory: Inventory;
  readonly #stuck = new StuckAudio();
  #settings: DeviceSettings = usualDevices();
  #rules: DeviceRules = readDeviceRules(this.#settings).rules;
  #picks: DevicePicks = noPicks;
  #choice: DeviceChoice | null = null;
  #stream: AudioStream | null = null;
  #wanted = false;
  /** From the first sound of a call until the devices are released: they don't move without need. */
  #inCall = false;
  /** Other devices are wanted than before: the next listing chooses anew, in a call too. */
  #chooseAnew = false;
  #openFailure = '';
  #release: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  /** What was lost or couldn't be opened waits for its turn, unless other devices are to be used. */
  #waiting = false;
  #openedAt = 0;
  /** What audio() said last. */
  #told = '';

  constructor(options: SoundOptions) {
    this.#options = options;
    this.#driver = options.chosen.driver;
    const { plugEvents = plugEventsOf(this.#driver.backend) } = options;
    this.#inventory = new Inventory(this.#driver, plugEvents);
  }

  /** Settles when the devices are known. */
  async start(): Promise<void> {
    await this.#inventory.start();
    this.#inventory.on('listed', () => {
      this.#choose();
      this.#tell();
    });
    this.#choose();
    this.#told = JSON.stringify(this.audio());
  }

  /** Takes effect as soon as the devices have been listed, in a call too. */
  configure(settings: DeviceSettings): void {
    const { rules, mistakes } = readDeviceRules(settings);
    for (const mistake of mistakes) this.#options.log.warning(mistake);
    this.#settings = settings;
    // The same rules, said again in a call, move nothing; nor do others for what rings.
    const { ringers } = rules;
    this.#chooseAnew ||= !isDeepStrictEqual(rules, { ...this.#rules, ringers });
    this.#rules = rules;
    this.#wait(0);
    if (!this.#needed) this.#close();
    this.#inventory.refresh();
  }

  /** What the agent chooses takes effect as soon as the devices have been listed, in a call too. */
  pick(picks: DevicePicks): void {
    const before = this.#picks;
    this.#picks = picks;
    // What rings is nothing to a call that goes on.
    if (!isDeepStrictEqual([picks.capture, picks.playback], [before.capture, before.playback])) {
      this.#chooseAnew = true;
      this.#wait(0);
    } else if (isDeepStrictEqual(picks.ringer, before.ringer)) return;
    this.#inventory.refresh();
  }

  /** Lists the devices now, and tells so. */
  look(): void {
    this.#inventory.refresh();
  }

  /** Opens the devices once they have been listed anew, or closes them a little later. */
  use(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    clearTimeout(this.#release);
    if (!wanted) {
      this.#release = setTimeout(() => this.#letGo(), this.#settings.releaseMs);
    } else if (this.#stream === null) {
      this.#wait(0);
      this.#inventory.refresh();
    } else this.#inCall = true;
  }

  /** Whether the loudspeaker plays what is written. */
  get plays(): boolean {
    return this.#stream !== null && this.#playbackId !== null;
  }

  /** False when there is no whole frame. */
  read(frame: Int16Array): boolean {
    return this.#stream?.read(frame) ?? false;
  }

  /** Whether the frame of this beat is to be made and written; asked once a beat. Without a loudspeaker it is made. */
  wants(): boolean {
    return this.#stream === null || this.#playbackId === null || this.#stream.wants();
  }

  write(frame: Int16Array): void {
    this.#stream?.write(frame);
  }

  audio(): Omit<WorkerAudio, 'codecs' | 'test'> {
    return {
      driver: this.#driver.name,
      driverReason: this.#options.chosen.reason,
      devices: [...this.#inventory.devices],
      captureId: this.#captureId ?? '',
      playbackId: this.#playbackId ?? '',
      failure: this.#failure(),
      headsetAvailable: this.#choice?.headsetAvailable ?? false,
      ringerId: this.#choice?.ringer?.device.id ?? '',
    };
  }

  places(): AlertPlaces {
    const { system, ringer } = this.#choice ?? {};
    return { headset: this.#playbackId, system: system?.id ?? null, ringer: ringer?.device.id ?? null };
  }

  stop(): void {
    this.#inventory.stop();
    clearTimeout(this.#release);
    clearTimeout(this.#retry);
    this.#wanted = false;
    this.#close();
    this.#driver.close();
  }

  get #captureId(): string | null {
    return this.#choice?.capture?.device.id ?? null;
  }

  get #playbackId(): string | null {
    return this.#choice?.playback?.device.id ?? null;
  }

  get #needed(): boolean {
    return this.#wanted || keepsOpen(this.#settings.audioLayer);
  }

  #failure(): Failure | null {
    if (!this.#options.asWanted) return failure('noAudioDriver', { detail: this.#options.chosen.reason });
    if (this.#openFailure !== '') return failure('noDevice', { kind: 'working headset', detail: this.#openFailure });
    const detail = 'The sound service of the endpoint lists none.';
    if (this.#captureId === null) return failure('noDevice', { kind: 'microphone', detail });
    if (this.#playbackId === null) return failure('noDevice', { kind: 'loudspeaker', detail });
    return null;
  }

  /**
   * Devices are opened just after a listing, as opening waits for the sound service: it must have shown that it answers.
   */
  #choose(): void {
    const { devices } = this.#inventory;
    const inCall = this.#inCall && !this.#chooseAnew;
    this.#chooseAnew = false;
    const { choice, moved } = nextDevices({
      before: this.#choice,
      inCall,
      devices,
      rules: this.#rules,
      picks: this.#picks,
    });
    this.#choice = choice;
    if (moved) this.#close();
    if (this.#needed && this.#stream === null && (moved || !this.#waiting)) this.#open();
    this.#options.onListed();
  }

  #open(): void {
    const before = this.#openFailure;
    this.#wait(0);
    this.#openFailure = this.#tryToOpen();
    this.#openedAt = performance.now();
    if (this.#stream !== null && this.#wanted) this.#inCall = true;
    if (this.#openFailure === '') return;
    this.#wait(retryMs);
    if (before !== this.#openFailure) this.#options.log.warning(`the devices can't be opened: ${this.#openFailure}`);
  }

  /** Returns why it can't be done, or ''. */
  #tryToOpen(): string {
    const [captureId, playbackId] = [this.#captureId, this.#playbackId];
    if (captureId === null && playbackId === null) return '';
    try {
      this.#stream = this.#driver.open({
        captureId,
        playbackId,
        onCaptured: this.#options.onCaptured,
        onLost: (detail, isStuck) => this.#lose(detail, isStuck),
        onQuiet: () => this.#inventory.refresh(),
      });
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** One that was unplugged may be plugged in again before anybody looks. */
  #lose(detail: string, isStuck: boolean): void {
    this.#options.log.warning(`a device was lost: ${detail}`);
    this.#close();
    this.#openFailure = detail;
    const now = performance.now();
    // One that was pulled out and put back before anybody looked is listed as if nothing had happened.
    const wasPlugged = this.#inventory.pluggedAt > this.#openedAt;
    const afterStopMs = now - this.#openedAt < retryMs ? retryMs : 0;
    this.#wait(isStuck && !wasPlugged ? this.#stuck.stuck(now, this.#settings.restartIfStuck) : afterStopMs);
    this.#inventory.refresh();
    this.#tell();
  }

  /** Tries again in that many ms; null: with other devices, or in the next call. */
  #wait(ms: number | null): void {
    clearTimeout(this.#retry);
    this.#waiting = ms !== 0;
    if (ms === null || ms === 0) return;
    this.#retry = setTimeout(() => {
      this.#waiting = false;
      this.#inventory.refresh();
    }, ms);
  }

  /** The call is over: the best devices are chosen again. */
  #letGo(): void {
    this.#inCall = false;
    this.#wait(0);
    this.#openFailure = '';
    if (!this.#needed) this.#close();
    this.#inventory.refresh();
    this.#tell();
  }

  #tell(): void {
    const now = JSON.stringify(this.audio());
    if (now === this.#told) return;
    this.#told = now;
    this.#options.onChanged();
  }

  #close(): void {
    const stream = this.#stream;
    this.#stream = null;
    stream?.close();
  }
}
