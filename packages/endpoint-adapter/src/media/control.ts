/** The worker's side of the messages: streams come, change and go as the main thread says. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FailureName } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Codec } from './codecs/codec.ts';
import type { Engine } from './engine.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { openRtpSockets } from './ports.ts';
import { Stream } from './stream.ts';
import type { LocalAddress } from './stream-settings.ts';
import { isDigits } from './telephone-event.ts';

const levelsMs = 200;
const qualityMs = 1_000;

export interface ControlOptions {
  engine: Engine;
  codecs: readonly Codec[];
  log: Log;
  post: (message: FromWorker) => void;
  /** Whether the engine has something to do may have changed. */
  onBusy: () => void;
  /** All is closed. */
  onStop: () => void;
}

export class Control {
  readonly #options: ControlOptions;
  readonly #streams = new Map<string, Stream>();
  /** Messages are worked off one after another: an update must not overtake the creation before it. */
  #queue: Promise<void> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];

  constructor(options: ControlOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timers = [setInterval(() => this.#tellLevels(), levelsMs), setInterval(() => this.#tellQuality(), qualityMs)];
  }

  take(message: ToWorker): void {
    this.#queue = this.#queue
      .then(() => this.#handle(message))
      .catch((error: unknown) => {
        const detail = `${message.type}: ${error instanceof Error ? error.message : String(error)}`;
        this.#options.log.error(detail);
        // Whoever asked would wait for ever.
        if ('request' in message) this.#refuse(message.request, 'internal', { detail });
      });
  }

  async #handle(message: ToWorker): Promise<void> {
    switch (message.type) {
      case 'createStream':
        return this.#create(message);
      case 'updateStream':
        return this.#streams.get(message.id)?.update(message.settings);
      case 'closeStream':
        return this.#close(message.id);
      case 'sendDtmf':
        return this.#sendDtmf(message.request, message.id, message.digits);
      case 'play':
        this.#options.engine.play(message.tone);
        return this.#options.onBusy();
      case 'stop':
        return this.#stop(message.request);
    }
  }

  async #create({ request, id, local }: Extract<ToWorker, { type: 'createStream' }>): Promise<void> {
    if (this.#streams.has(id)) return this.#refuse(request, 'internal', { detail: `there is a stream ${id} already` });
    const sockets = await openRtpSockets(local);
    if (sockets === null) return this.#refuse(request, 'noRtpPort', { min: local.portMin, max: local.portMax });
    const { engine, codecs, log, post } = this.#options;
    const stream = new Stream({
      id,
      sockets,
      findCodec: (name) => codecs.find((codec) => codec.name.toLowerCase() === name.toLowerCase()),
      onDigit: (digit) => post({ type: 'dtmf', id, digit }),
      warn: (text) => log.warning(`${id}: ${text}`),
    });
    this.#streams.set(id, stream);
    stream.start();
    engine.add(stream);
    this.#options.onBusy();
    this.#done(request, stream.local);
  }

  /** Digits take their time, and other messages must not wait for them. */
  #sendDtmf(request: number, id: string, digits: string): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) this.#done(request, null);
    else if (!isDigits(digits)) this.#refuse(request, 'malformedDigits', { digits });
    else if (!stream.takesDtmf) this.#refuse(request, 'dtmfNotTaken', {});
    else stream.sendDtmf(digits).then(() => this.#done(request, null));
  }

  #close(id: string): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    this.#options.log.debug(() => `${id}: refused packets ${JSON.stringify(stream.refused)}`);
    this.#options.post({ type: 'quality', quality: stream.quality() });
    this.#options.engine.remove(stream);
    this.#streams.delete(id);
    stream.close();
    this.#options.onBusy();
  }

  async #stop(request: number): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const id of [...this.#streams.keys()]) this.#close(id);
    // What the streams had promised is answered before the worker falls silent.
    await nextTurn();
    this.#done(request, null);
    this.#options.onStop();
  }

  #done(request: number, result: LocalAddress | null): void {
    this.#options.post({ type: 'done', request, result });
  }

  #refuse(request: number, name: FailureName, facts: Record<string, string | number>): void {
    this.#options.post({ type: 'refused', request, name, facts });
  }

  #tellLevels(): void {
    if (this.#options.engine.connected) this.#options.post({ type: 'levels', levels: this.#options.engine.levels() });
  }

  #tellQuality(): void {
    for (const stream of this.#streams.values()) this.#options.post({ type: 'quality', quality: stream.quality() });
  }
}
