/** What happens to sound between the devices and the calls: echo, noise, gain, rumble, and peaks that hurt. */
import type { ProcessingSettings } from '../stream-settings.ts';
import { type ApmEngine, loadApm } from './apm.ts';
import { GainControl } from './gain-control.ts';
import { HighPass } from './high-pass.ts';
import { Limiter } from './limiter.ts';
import { loadRnnoise, type RnnoiseEngine } from './rnnoise.ts';
import { type Stage, StageSwitch } from './stage.ts';

/** What can be switched; where nothing is said, the high-pass is on with any other stage of the microphone's, and the limiter always. */
export interface VoiceSettings extends ProcessingSettings {
  highPass?: boolean;
  limiter?: boolean;
}

/** What runs, whatever was asked for. */
export interface VoiceProcessingStats {
  echo: boolean;
  noise: 'off' | 'moderate' | 'strong';
  sendGain: boolean;
  receiveGain: boolean;
  highPass: boolean;
  limiter: boolean;
  /** Made quieter by the limiter since it was switched on, ms. */
  limitedMs: number;
  receiveGainDb: number;
}

export interface Engines {
  apm(): Promise<ApmEngine>;
  rnnoise(): Promise<RnnoiseEngine>;
}

const installed: Engines = { apm: loadApm, rnnoise: loadRnnoise };

const firstLine = (reason: unknown): string =>
  (reason instanceof Error ? reason.message : String(reason)).split('\n', 1)[0] ?? '';

/** Frames are 10 ms at 48 kHz and changed in place. With everything off, each call returns at once. */
export class VoiceProcessing {
  readonly #engines: Engines;
  readonly #highPass = new StageSwitch<'on'>();
  readonly #echo = new StageSwitch<'on'>();
  readonly #noise = new StageSwitch<'moderate' | 'strong'>();
  readonly #sendGain = new StageSwitch<'on'>();
  readonly #receiveGain = new StageSwitch<'on'>();
  readonly #limiter = new StageSwitch<'on'>();
  #receiveControl: GainControl | null = null;
  #limiting: Limiter | null = null;
  #apm: ApmEngine | null = null;
  #rnnoise: RnnoiseEngine | null = null;
  #wanted: VoiceSettings | null = null;

  constructor(engines: Engines = installed) {
    this.#engines = engines;
  }

  /** What the loudspeaker is about to play; to be called before `capture` can hear it. */
  render(frame: Int16Array): void {
    this.#receiveGain.process(frame);
    this.#limiter.process(frame);
    this.#echo.render(frame);
  }

  /** What the microphone heard. */
  capture(frame: Int16Array): void {
    this.#highPass.process(frame);
    this.#echo.process(frame);
    this.#noise.process(frame);
    this.#sendGain.process(frame);
  }

  /**
   * Switches what differs, within 110 ms of sound. Never rejects: resolves with null, or with what isn't there and why, in
   * a clause. Of calls that overlap the last one counts.
   */
  async set(settings: VoiceSettings): Promise<string | null> {
    this.#wanted = settings;
    const missing: string[] = [];
    let apmMissing = '';
    let rnnoiseMissing = '';
    if (settings.noise === 'strong') {
      try {
        this.#rnnoise ??= await this.#engines.rnnoise();
      } catch (error) {
        rnnoiseMissing = firstLine(error);
      }
    }
    const moderate = settings.noise === 'moderate' || (settings.noise === 'strong' && this.#rnnoise === null);
    if (settings.echo || moderate || settings.sendGain) {
      try {
        this.#apm ??= await this.#engines.apm();
      } catch (error) {
        apmMissing = firstLine(error);
      }
    }
    if (this.#wanted !== settings) return null;
    if (rnnoiseMissing !== '') missing.push(`strong noise suppression isn't there (${rnnoiseMissing})`);
    const off = [...(settings.echo ? ['echo control'] : []), ...(moderate ? ['noise suppression'] : [])];
    if (apmMissing !== '' && off.length > 0) missing.push(`${off.join(' and ')} off (${apmMissing})`);
    try {
      this.#switch(settings, moderate);
    } catch (error) {
      missing.push(`WebRTC's audio processing refuses (${firstLine(error)})`);
    }
    return missing.length === 0 ? null : missing.join('; ');
  }

  stats(): VoiceProcessingStats {
    return {
      echo: this.#echo.kind === 'on',
      noise: this.#noise.kind,
      sendGain: this.#sendGain.kind === 'on',
      receiveGain: this.#receiveGain.kind === 'on',
      highPass: this.#highPass.kind === 'on',
      limiter: this.#limiter.kind === 'on',
      limitedMs: this.#limiting?.limitedMs ?? 0,
      receiveGainDb: this.#receiveControl?.db ?? 0,
    };
  }

  close(): void {
    this.#wanted = null;
    for (const stage of [this.#highPass, this.#echo, this.#noise, this.#sendGain, this.#receiveGain, this.#limiter]) {
      stage.close();
    }
  }

  #switch(settings: VoiceSettings, moderate: boolean): void {
    const { echo, noise, sendGain, receiveGain } = settings;
    const highPass = settings.highPass ?? (echo || noise !== 'off' || sendGain);
    const apm = this.#apm;
    this.#put(this.#highPass, highPass ? 'on' : 'off', () => new HighPass());
    this.#put(this.#receiveGain, receiveGain ? 'on' : 'off', () => {
      this.#receiveControl = new GainControl();
      return this.#receiveControl;
    });
    this.#put(this.#limiter, (settings.limiter ?? true) ? 'on' : 'off', () => {
      this.#limiting = new Limiter();
      return this.#limiting;
    });
    // AGC2 knows speech better; ours does where it isn't there.
    this.#put(this.#sendGain, sendGain ? 'on' : 'off', () => apm?.make({ gain: true }) ?? new GainControl());
    const rnnoise = this.#rnnoise;
    if (noise === 'strong' && rnnoise !== null) this.#put(this.#noise, 'strong', () => rnnoise.make());
    else if (moderate && apm !== null) this.#put(this.#noise, 'moderate', () => apm.make({ noise: true }));
    else this.#put(this.#noise, 'off', null);
    if (echo && apm !== null) this.#put(this.#echo, 'on', () => apm.make({ echo: true }));
    else this.#put(this.#echo, 'off', null);
  }

  #put<Kind extends string>(place: StageSwitch<Kind>, kind: Kind | 'off', make: (() => Stage) | null): void {
    if (place.kind !== kind) place.use(kind, kind === 'off' || make === null ? null : make());
  }
}
