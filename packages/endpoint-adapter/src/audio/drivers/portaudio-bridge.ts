/** The main thread's side of the driver `portaudio`: naudiodon doesn't work in a worker. Loaded when first asked for. */
import { createRequire } from 'node:module';
import { BroadcastChannel, type Worker } from 'node:worker_threads';
import type { Device } from '@thinline/shared/contract/types.ts';
import { frameSamples, sampleRate } from '../driver.ts';
import { nowUs } from '../monotonic.ts';
import { Ring } from '../ring.ts';
import { type Answer, answer, channelName, type Happening, type Request } from './portaudio-calls.ts';

/** What naudiodon's addon exports, as far as it is used here (2.3.6). */
interface Naudiodon {
  getDevices(): { id: number; name: string; maxInputChannels: number; maxOutputChannels: number }[];
  create(options: { inOptions?: StreamOptions; outOptions?: StreamOptions }): PortStream;
}

interface StreamOptions {
  deviceId: number;
  channelCount: number;
  sampleFormat: number;
  sampleRate: number;
  framesPerBuffer: number;
  maxQueue: number;
  closeOnError: boolean;
}

interface PortStream {
  start(): void;
  read(bytes: number): Promise<{ err?: Error; finished?: boolean; buf?: Buffer }>;
  write(bytes: Buffer): Promise<Error | undefined>;
  quit(how: 'WAIT' | 'ABORT'): Promise<void>;
}

const frameBytes = frameSamples * 2;

/**
 * The addon itself: naudiodon's own index.js would also install a handler of crashes that writes files.
 * Throws an Error whose message is one clause.
 */
function loadNaudiodon(): Naudiodon {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('naudiodon/package.json');
  } catch {
    throw new Error('the package naudiodon is not installed');
  }
  try {
    return require('naudiodon/build/Release/naudiodon.node');
  } catch (error) {
    throw new Error(`naudiodon was not built for this machine (${message(error)})`);
  }
}

const message = (error: unknown): string =>
  ((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '').trim();

class Bridge {
  readonly #channel: BroadcastChannel;
  readonly #closers = new Map<number, () => void>();
  #naudiodon: Naudiodon | null = null;
  #devices: Device[] | null = null;

  constructor(channel: BroadcastChannel) {
    this.#channel = channel;
  }

  handle(request: Request): Answer {
    try {
      return this.#answer(request);
    } catch (error) {
      return { failure: message(error) };
    }
  }

  #answer({ question, capture, playback }: Request): Answer {
    if (question.ask === 'devices') return { devices: this.#list() };
    if (question.ask === 'close') {
      this.#closers.get(question.stream)?.();
      this.#closers.delete(question.stream);
      return {};
    }
    const { stream, captureId, playbackId } = question;
    const closers: (() => void)[] = [];
    this.#closers.set(stream, () => {
      for (const close of closers) close();
    });
    if (capture && captureId !== null) closers.push(this.#capture(stream, captureId, new Ring(capture)));
    if (playback && playbackId !== null) closers.push(this.#play(stream, playbackId, new Ring(playback)));
    return {};
  }

  /** Once: each listing opens every device of the system, and PortAudio doesn't see new ones anyway. */
  #list(): Device[] {
    this.#naudiodon ??= loadNaudiodon();
    this.#devices ??= this.#naudiodon.getDevices().flatMap(({ id, name, maxInputChannels, maxOutputChannels }) => {
      const device = { id: String(id), name, isDefault: name === 'default' };
      const list: Device[] = [];
      if (maxInputChannels > 0) list.push({ ...device, kind: 'CAPTURE' });
      if (maxOutputChannels > 0) list.push({ ...device, kind: 'PLAYBACK' });
      return list;
    });
    return this.#devices;
  }

  #start(direction: 'inOptions' | 'outOptions', id: string): PortStream {
    this.#naudiodon ??= loadNaudiodon();
    const options: StreamOptions = {
      deviceId: Number(id),
      channelCount: 1,
      sampleFormat: 16,
      sampleRate,
      framesPerBuffer: frameSamples,
      maxQueue: 2,
      closeOnError: false,
    };
    const stream = this.#naudiodon.create({ [direction]: options });
    stream.start();
    return stream;
  }

  #capture(stream: number, id: string, ring: Ring): () => void {
    return this.#pump(stream, this.#start('inOptions', id), async (port) => {
      const { err, finished, buf } = await port.read(frameBytes);
      if (err) throw err;
      if (finished) throw new Error('the device stopped');
      if (!buf) return;
      ring.called(nowUs());
      ring.write(new Int16Array(buf.buffer.slice(buf.byteOffset, buf.byteOffset + (buf.length & ~1))));
      this.#tell({ stream, lost: null });
    });
  }

  #play(stream: number, id: string, ring: Ring): () => void {
    return this.#pump(stream, this.#start('outOptions', id), async (port) => {
      // A new one each time: naudiodon keeps it until it is played.
      const frame = new Int16Array(frameSamples);
      ring.called(nowUs());
      ring.readOrSilence(frame);
      const error = await port.write(Buffer.from(frame.buffer));
      if (error) throw error;
    });
  }

  /** Runs `step` again and again, at the pace of the device, until closed. Returns what closes it. */
  #pump(stream: number, port: PortStream, step: (port: PortStream) => Promise<void>): () => void {
    let open = true;
    const run = async () => {
      try {
        while (open) await step(port);
      } catch (error) {
        if (open) this.#tell({ stream, lost: message(error) });
      }
    };
    void run();
    return () => {
      open = false;
      // A device that is gone may refuse even this.
      port.quit('ABORT').catch(() => {});
    };
  }

  #tell(happening: Happening): void {
    this.#channel.postMessage(happening);
  }

  close(): void {
    for (const close of this.#closers.values()) close();
    this.#closers.clear();
    this.#channel.close();
  }
}

/** Serves the driver `portaudio` of that worker; ends with it. */
export function servePortaudio(worker: Worker): void {
  const channel = new BroadcastChannel(channelName(worker.threadId));
  const bridge = new Bridge(channel);
  channel.onmessage = (event: unknown) => {
    const request = (event as { data: Request }).data;
    answer(request.reply, bridge.handle(request));
  };
  channel.unref();
  worker.once('exit', () => bridge.close());
}
