/** The devices in use: opened while there is something to hear or say, changed when they go, told of when they change. */
import type { Audio, Device, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { type AudioDriver, type AudioStream, frameSamples } from '../audio/driver.ts';
import type { ChosenDriver } from '../audio/drivers.ts';
import { Inventory } from '../audio/inventory.ts';

/** Hold and retrieve, or one call after another, must not reopen the devices. */
const releaseMs = 200;
/** More waits in the queue only after a hold-up, or where the two devices' clocks differ. */
const enoughFrames = 4;

export interface SoundOptions {
  chosen: ChosenDriver;
  /** Silence instead of the sound that was wanted: then people must know. */
  asWanted: boolean;
  log: Log;
  /** A frame of the microphone's can be read. */
  onCaptured: () => void;
  /** devices(), captureId, playbackId or failure changed. */
  onChanged: () => void;
}

export class Sound {
  readonly #options: SoundOptions;
  readonly #driver: AudioDriver;
  readonly #inventory: Inventory;
  #stream: AudioStream | null = null;
  #wanted = false;
  #capture: Device | null = null;
  #playback: Device | null = null;
  #openFailure = '';
  #release: NodeJS.Timeout | undefined;

  constructor(options: SoundOptions) {
    this.#options = options;
    this.#driver = options.chosen.driver;
    this.#inventory = new Inventory(options.chosen.driver);
  }

  /** Settles when the devices are known. */
  async start(): Promise<void> {
    await this.#inventory.start();
    this.#inventory.on('listed', (changed) => {
      this.#choose();
      if (changed) this.#options.onChanged();
    });
    this.#choose();
  }

  /** Opens the devices once they have been listed anew, or closes them a little later. */
  use(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    clearTimeout(this.#release);
    if (wanted) this.#inventory.refresh();
    else this.#release = setTimeout(() => this.#letGo(), releaseMs);
  }

  /** False when there is no whole frame. */
  read(frame: Int16Array): boolean {
    return this.#stream?.read(frame) ?? false;
  }

  /**
   * Whether the loudspeaker wants a frame. After a hold-up there are many captured frames at once, but the time in
   * which theirs should have been played is over: what is made for it would only lengthen the queue.
   */
  get hungry(): boolean {
    return this.#stream === null || this.#playback === null || this.#stream.queued < enoughFrames * frameSamples;
  }

  write(frame: Int16Array): void {
    this.#stream?.write(frame);
  }

  audio(): Omit<Audio, 'codecs'> {
    return {
      driver: this.#driver.name,
      driverReason: this.#options.chosen.reason,
      devices: [...this.#inventory.selection.devices],
      captureId: this.#capture?.id ?? '',
      playbackId: this.#playback?.id ?? '',
      failure: this.#failure(),
    };
  }

  stop(): void {
    this.#inventory.stop();
    clearTimeout(this.#release);
    this.#wanted = false;
    this.#close();
    this.#driver.close();
  }

  #failure(): Failure | null {
    if (!this.#options.asWanted) return failure('noAudioDriver', { detail: this.#options.chosen.reason });
    if (this.#openFailure !== '') return failure('noDevice', { kind: 'working headset', detail: this.#openFailure });
    const detail = 'The sound service of the endpoint lists none.';
    if (this.#capture === null) return failure('noDevice', { kind: 'microphone', detail });
    if (this.#playback === null) return failure('noDevice', { kind: 'loudspeaker', detail });
    return null;
  }

  /**
   * What is in use stays in use as long as it is there: a new default must not move a call. Devices are opened just after
   * a listing, as opening waits for the sound service: it must have shown that it answers.
   */
  #choose(): void {
    const { devices, capture, playback } = this.#inventory.selection;
    const kept = (device: Device | null): Device | null =>
      this.#stream === null
        ? null
        : (devices.find((each) => each.id === device?.id && each.kind === device.kind) ?? null);
    const before = [this.#capture?.id, this.#playback?.id];
    this.#capture = kept(this.#capture) ?? capture;
    this.#playback = kept(this.#playback) ?? playback;
    const moved = before[0] !== this.#capture?.id || before[1] !== this.#playback?.id;
    if (!this.#wanted || (this.#stream !== null && !moved)) return;
    this.#close();
    this.#open();
  }

  #open(): void {
    const before = this.#openFailure;
    this.#openFailure = this.#tryToOpen();
    if (before === this.#openFailure) return;
    if (this.#openFailure !== '') this.#options.log.warning(`the devices can't be opened: ${this.#openFailure}`);
    this.#options.onChanged();
  }

  /** Returns why it can't be done, or ''. The next listing tries again. */
  #tryToOpen(): string {
    if (this.#capture === null && this.#playback === null) return '';
    try {
      this.#stream = this.#driver.open({
        captureId: this.#capture?.id ?? null,
        playbackId: this.#playback?.id ?? null,
        onCaptured: this.#options.onCaptured,
        onLost: (detail) => this.#lose(detail),
      });
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #lose(detail: string): void {
    this.#options.log.warning(`a device was lost: ${detail}`);
    this.#close();
    this.#openFailure = detail;
    this.#inventory.refresh();
    this.#options.onChanged();
  }

  #letGo(): void {
    this.#close();
    this.#openFailure = '';
    this.#choose();
    this.#options.onChanged();
  }

  #close(): void {
    const stream = this.#stream;
    this.#stream = null;
    stream?.close();
  }
}
