/** Brings speech to an even level, slowly, and leaves the gain where it is while nobody speaks. */
import { dbfs, meanSquare } from '../level.ts';
import type { Stage } from './stage.ts';
import { VoiceActivity } from './voice-activity.ts';

/** Of speech, dBFS as level.ts has it. */
const targetDbfs = -22;
/** No change while the speech is this near to it, dB. */
const slack = 2;
const mostDb = 18;
const leastDb = -12;
/** dB for each 10 ms of speech: 4 dB/s up, 12 dB/s down. */
const upDb = 0.04;
const downDb = 0.12;
/** For each 10 ms of speech: the level is that of about a second. */
const follow = 0.01;
/** Frames in which the mean counts evenly, so that the first words are enough to begin with. */
const settling = 1 / follow;
/** Frames that speech must have lasted to count: noise is taken for it now and then, but never for so long. */
const leastRun = 10;
/** Quieter than this isn't taken for somebody who speaks to us. */
const gateDbfs = -60;

export class GainControl implements Stage {
  readonly #activity = new VoiceActivity(3);
  #run = 0;
  #square = 0;
  #heard = 0;
  #db = 0;
  #gain = 1;

  get db(): number {
    return this.#db;
  }

  process(frame: Int16Array): void {
    const square = meanSquare(frame);
    this.#run = this.#activity.process(frame) ? this.#run + 1 : 0;
    if (this.#run > leastRun && dbfs(square) > gateDbfs) this.#learn(square);
    const gain = 10 ** (this.#db / 20);
    if (gain === 1 && this.#gain === 1) return;
    const step = (gain - this.#gain) / frame.length;
    let now = this.#gain;
    for (let i = 0; i < frame.length; i++) {
      now += step;
      frame[i] = Math.max(-32_768, Math.min(32_767, Math.round((frame[i] ?? 0) * now)));
    }
    this.#gain = gain;
  }

  #learn(square: number): void {
    this.#heard = Math.min(settling, this.#heard + 1);
    this.#square += (square - this.#square) / this.#heard;
    const missing = targetDbfs - dbfs(this.#square) - this.#db;
    if (missing > slack) this.#db = Math.min(mostDb, this.#db + upDb);
    else if (missing < -slack) this.#db = Math.max(leastDb, this.#db - downDb);
  }
}
