/** Sound without a sound card, in real time: for machines that have none, and for tests. */
import type { Device } from '@thinline/shared/contract/types.ts';
import type { DriverRecord } from '../driver.ts';
import { type AudioDriver, type AudioStream, frameSamples, type OpenOptions, sampleRate } from '../driver.ts';
import { nowUs } from '../monotonic.ts';
import { RingStream } from '../ring-stream.ts';
import { loadWav, WavWriter } from '../wav.ts';

export const virtualMicrophone = 'virtual-microphone';
export const virtualSpeaker = 'virtual-speaker';

const devices: readonly Device[] = [
  { id: virtualMicrophone, name: 'Virtual microphone', kind: 'CAPTURE', isDefault: true },
  { id: virtualSpeaker, name: 'Virtual speaker', kind: 'PLAYBACK', isDefault: true },
];

const frameMs = (1000 * frameSamples) / sampleRate;
/** A clock that is later than this loses the time, as a sound card does, and does not catch up. */
const lateBoundMs = 100;

export interface VirtualOptions {
  input: { kind: 'silence' } | { kind: 'tone'; hz: number; dbfs: number } | { kind: 'file'; path: string };
  /** null discards what is played. */
  outputPath: string | null;
  /** So much faster is the speaker's clock than the microphone's. */
  driftPpm: number;
}

/** More than any sound card is off. */
const mostDriftPpm = 1000;

/** `in=silence|tone:HZ[:DBFS]|file:PATH.wav`, `out=discard|file:PATH.wav` and `drift=PPM`. Throws an Error with a sentence. */
export function parseVirtualOptions(text: string): VirtualOptions {
  const options: VirtualOptions = { input: { kind: 'silence' }, outputPath: null, driftPpm: 0 };
  for (const part of text.split(',').filter((each) => each !== '')) {
    const [name, value] = cut(part, '=');
    if (name === 'in') options.input = parseInput(value);
    else if (name === 'out') options.outputPath = parseOutput(value);
    else if (name === 'drift') options.driftPpm = parseNumber('drift', value, -mostDriftPpm, mostDriftPpm);
    else throw new Error(`The virtual sound driver has no option "${name}"; it has in=, out= and drift=.`);
  }
  return options;
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function parseInput(value: string): VirtualOptions['input'] {
  const [kind, rest] = cut(value, ':');
  if (kind === 'silence' && rest === '') return { kind };
  if (kind === 'file' && rest !== '') return { kind, path: rest };
  if (kind === 'tone') {
    const [hz, dbfs] = cut(rest, ':');
    return {
      kind,
      hz: parseNumber('frequency of the tone', hz, 20, 20_000),
      dbfs: parseNumber('level of the tone', dbfs || '-20', -90, 0),
    };
  }
  throw new Error(`"in=${value}" is not understood; it is silence, tone:HZ[:DBFS] or file:PATH.wav.`);
}

function parseNumber(what: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max)) {
    throw new Error(`The ${what} is "${text}", and not a number from ${min} to ${max}.`);
  }
  return value;
}

function parseOutput(value: string): string | null {
  const [kind, path] = cut(value, ':');
  if (kind === 'discard' && path === '') return null;
  if (kind === 'file' && path !== '') return path;
  throw new Error(`"out=${value}" is not understood; it is discard or file:PATH.wav.`);
}

/** Fills frame after frame with what the microphone hears. */
type Source = (frame: Int16Array) => void;

function makeSource(input: VirtualOptions['input']): Source {
  if (input.kind === 'silence') return (frame) => frame.fill(0);
  if (input.kind === 'tone') return tone(input.hz, input.dbfs);
  return repeat(loadWav(input.path));
}

/** A sine whose peak is at `dbfs`. */
function tone(hz: number, dbfs: number): Source {
  const peak = 32767 * 10 ** (dbfs / 20);
  const step = (2 * Math.PI * hz) / sampleRate;
  let phase = 0;
  return (frame) => {
    // A number of the closure's own would be made anew with each sample.
    let angle = phase;
    for (let i = 0; i < frame.length; i++) {
      frame[i] = Math.round(peak * Math.sin(angle));
      angle = (angle + step) % (2 * Math.PI);
    }
    phase = angle;
  };
}

function repeat(samples: Int16Array): Source {
  let at = 0;
  return (frame) => {
    for (let i = 0; i < frame.length; i++) {
      frame[i] = samples[at] ?? 0;
      at = (at + 1) % samples.length;
    }
  };
}

/** Calls `tick` every `periodMs` by the monotonic clock, without drift; returns what ends it. */
function startClock(tick: () => void, periodMs: number): () => void {
  let due = performance.now() + periodMs;
  let timer: NodeJS.Timeout | undefined;
  let running = true;
  const arm = () => {
    timer = setTimeout(run, Math.max(0, Math.ceil(due - performance.now())));
  };
  const run = () => {
    const now = performance.now();
    if (now - due > lateBoundMs) due = now;
    for (; running && due <= now; due += periodMs) tick();
    if (running) arm();
  };
  arm();
  return () => {
    running = false;
    clearTimeout(timer);
  };
}

class VirtualDriver implements AudioDriver {
  readonly name = 'virtual';
  readonly #source: Source;
  readonly #recording: WavWriter | null;
  readonly #playbackMs: number;
  readonly #open = new Set<AudioStream>();
  #recorded: AudioStream | null = null;

  constructor(source: Source, recording: WavWriter | null, driftPpm: number) {
    this.#source = source;
    this.#recording = recording;
    this.#playbackMs = frameMs / (1 + driftPpm / 1e6);
  }

  async unavailable(): Promise<null> {
    return null;
  }

  async devices(): Promise<Device[]> {
    return [...devices];
  }

  open(options: OpenOptions): AudioStream {
    const { captureId, playbackId, onCaptured } = options;
    const frame = new Int16Array(frameSamples);
    const play = () => this.#playback(stream, frame);
    const capture = () => this.#capture(stream, frame, onCaptured);
    const stopPlayback = playbackId === null ? null : startClock(play, this.#playbackMs);
    const stopCapture = captureId === null ? null : startClock(capture, frameMs);
    const stream = new RingStream(() => {
      stopPlayback?.();
      stopCapture?.();
      this.#open.delete(stream);
      if (this.#recorded === stream) this.#recorded = null;
      this.#recording?.sync();
    });
    this.#open.add(stream);
    // Of several streams at once the first is recorded.
    if (playbackId !== null) this.#recorded ??= stream;
    return stream;
  }

  #playback(stream: RingStream, frame: Int16Array): void {
    stream.playback.called(nowUs());
    stream.playback.readOrSilence(frame);
    if (this.#recorded === stream) this.#recording?.write(frame);
  }

  #capture(stream: RingStream, frame: Int16Array, onCaptured: () => void): void {
    this.#source(frame);
    stream.capture.called(nowUs());
    stream.capture.write(frame);
    onCaptured();
  }

  close(): void {
    for (const stream of [...this.#open]) stream.close();
    this.#recording?.close();
  }
}

export const virtual: DriverRecord = {
  name: 'virtual',
  make(text) {
    const options = parseVirtualOptions(text);
    const source = makeSource(options.input);
    const recording = options.outputPath === null ? null : new WavWriter(options.outputPath);
    return new VirtualDriver(source, recording, options.driftPpm);
  },
};
