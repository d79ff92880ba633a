import { expect, it } from 'vitest';
import { Engine, type EngineStream } from './engine.ts';

function streamOf(sample: number, connected = true): EngineStream & { sent: number[] } {
  return {
    connected,
    sent: [],
    send(microphone) {
      this.sent.push(microphone[0] ?? 0);
    },
    receive(_nowMs, out) {
      out.fill(sample);
      return connected;
    },
  };
}

it('gives the microphone to every stream, and mixes those that are connected', () => {
  const engine = new Engine();
  const streams = [streamOf(1_000), streamOf(-300), streamOf(9_999, false)];
  for (const stream of streams) engine.add(stream);
  engine.capture(new Int16Array(480).fill(55));
  expect(streams.map(({ sent }) => sent)).toEqual([[55], [55], [55]]);
  expect(engine.playback(0).every((sample) => sample === 700)).toBe(true);
  for (const stream of streams.slice(0, 2)) engine.remove(stream);
  expect(engine.playback(0).every((sample) => sample === 0)).toBe(true);
  expect(engine.connected).toBe(false);
});

it('does not wrap where the mix is too loud', () => {
  const engine = new Engine();
  engine.add(streamOf(30_000));
  engine.add(streamOf(30_000));
  expect(engine.playback(0)[0]).toBe(32_767);
});

it('measures both sides since it was last asked', () => {
  const engine = new Engine();
  engine.add(streamOf(0));
  engine.capture(new Int16Array(480).fill(32_767));
  engine.playback(0);
  const { microphoneDbfs, speakerDbfs } = engine.levels();
  expect(microphoneDbfs).toBeCloseTo(3, 1);
  expect(speakerDbfs).toBe(-127);
  expect(engine.levels().microphoneDbfs).toBe(-127);
});

it('is busy with a stream or a tone', () => {
  const engine = new Engine();
  expect(engine.busy).toBe(false);
  engine.play('ringback');
  expect(engine.busy).toBe(true);
  expect(engine.playback(0).some((sample) => sample !== 0)).toBe(true);
  engine.play('none');
  expect(engine.busy).toBe(false);
});
