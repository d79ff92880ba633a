/** PortAudio by naudiodon, which has to run in the main thread: this is the media worker's side. */
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';
import type { Device } from '@thinline/shared/contract/types.ts';
import type { AudioDriver, AudioStream, DriverRecord, OpenOptions } from '../driver.ts';
import { RingStream } from '../ring-stream.ts';
import { watchDevices } from '../watch.ts';
import { type Answer, awaitAnswer, channelName, type Happening, makeReply, type Question } from './portaudio-calls.ts';

/** Finding the devices for the first time takes PortAudio a while. */
const answerTimeoutMs = 3000;

interface OpenStream {
  stream: RingStream;
  onHappening: (happening: Happening) => void;
}

class PortaudioDriver implements AudioDriver {
  readonly name = 'portaudio';
  readonly #streams = new Map<number, OpenStream>();
  #channel: BroadcastChannel | null = null;
  #devices: Device[] = [];
  #lastStream = 0;

  async unavailable(): Promise<string | null> {
    if (isMainThread) return 'it works for the media worker only';
    const { devices, failure } = this.#ask({ ask: 'devices' });
    if (failure !== undefined) return failure;
    this.#devices = devices ?? [];
    return this.#devices.length > 0 ? null : 'PortAudio finds no device';
  }

  /** Those that were there at the start: PortAudio doesn't notice plugs. */
  async devices(): Promise<Device[]> {
    return this.#devices;
  }

  #ask(question: Question, stream: RingStream | null = null): Answer {
    return awaitAnswer(this.#send(question, stream), answerTimeoutMs);
  }

  #send(question: Question, stream: RingStream | null): SharedArrayBuffer {
    const reply = makeReply();
    this.#listen().postMessage({
      question,
      capture: stream?.capture.memory ?? null,
      playback: stream?.playback.memory ?? null,
      reply,
    });
    return reply;
  }

  #listen(): BroadcastChannel {
    if (this.#channel) return this.#channel;
    const channel = new BroadcastChannel(channelName(threadId));
    channel.onmessage = (event: unknown) => {
      const happening = (event as { data: Happening }).data;
      this.#streams.get(happening.stream)?.onHappening(happening);
    };
    channel.unref();
    this.#channel = channel;
    return channel;
  }

  open({ captureId, playbackId, onCaptured, onLost }: OpenOptions): AudioStream {
    this.#lastStream += 1;
    const id = this.#lastStream;
    const stream = new RingStream(() => {
      watch.stop();
      this.#streams.delete(id);
      this.#send({ ask: 'close', stream: id }, null);
    });
    const rings = [captureId === null ? [] : stream.capture, playbackId === null ? [] : stream.playback].flat();
    const watch = watchDevices(rings, { onLost });
    const onHappening = ({ lost }: Happening) => (lost === null ? onCaptured() : onLost(lost, false));
    this.#streams.set(id, { stream, onHappening });
    const { failure } = this.#ask({ ask: 'open', stream: id, captureId, playbackId }, stream);
    if (failure === undefined) return stream;
    stream.close();
    throw new Error(failure);
  }

  close(): void {
    for (const { stream } of [...this.#streams.values()]) stream.close();
    this.#channel?.close();
    this.#channel = null;
  }
}

export const portaudio: DriverRecord = {
  name: 'portaudio',
  make(options) {
    if (options !== '') throw new Error(`The sound driver portaudio has no options, so not "${options}".`);
    return new PortaudioDriver();
  },
};
