/**
 * What the media worker asks of the main thread, where PortAudio has to run, and how it waits for the answer.
 * Sound itself goes through the rings; only questions and wake-ups go this way.
 */
import type { Device } from '@thinline/shared/contract/types.ts';

export const channelName = (threadId: number): string => `thinline.portaudio.${threadId}`;

export type Question =
  | { ask: 'devices' }
  | { ask: 'open'; stream: number; captureId: string | null; playbackId: string | null }
  | { ask: 'close'; stream: number };

export interface Request {
  question: Question;
  /** The rings of a stream that is to be opened. */
  capture: SharedArrayBuffer | null;
  playback: SharedArrayBuffer | null;
  reply: SharedArrayBuffer;
}

export interface Answer {
  devices?: Device[];
  /** One clause: why it can't be done. */
  failure?: string;
}

/** Something happened to a stream: sound was captured, or its device failed. */
export interface Happening {
  stream: number;
  lost: string | null;
}

const replyBytes = 64 * 1024;
const waiting = 0;

export const makeReply = (): SharedArrayBuffer => new SharedArrayBuffer(4 + replyBytes);

/** On the main thread. */
export function answer(reply: SharedArrayBuffer, value: Answer): void {
  const text = Buffer.from(JSON.stringify(value));
  const whole = text.length <= replyBytes ? text : Buffer.from('{"failure":"it has too many devices"}');
  new Uint8Array(reply, 4).set(whole);
  const state = new Int32Array(reply, 0, 1);
  Atomics.store(state, 0, whole.length);
  Atomics.notify(state, 0);
}

/** In the worker, which waits; `timeoutMs` later it gives up. */
export function awaitAnswer(reply: SharedArrayBuffer, timeoutMs: number): Answer {
  const state = new Int32Array(reply, 0, 1);
  if (Atomics.wait(state, 0, waiting, timeoutMs) === 'timed-out') return { failure: 'the main thread does not answer' };
  return JSON.parse(Buffer.from(new Uint8Array(reply, 4, Atomics.load(state, 0)).slice()).toString());
}
