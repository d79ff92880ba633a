import { describe, expect, it } from 'vitest';
import { Engine, type EngineStream } from './engine.ts';
import { largestStep, rmsDbfs, tone, toneDbfs } from './testing/sound.ts';
import type { Volumes } from './volume.ts';

const frameSamples = 480;
const silence = new Int16Array(frameSamples);

class FakeStream implements EngineStream {
  connected = true;
  conference = false;
  muted = false;
  sent: number[] = [];
  readonly #sample: (i: number) => number;
  #at = 0;

  constructor(sample: number | ((i: number) => number)) {
    this.#sample = typeof sample === 'number' ? () => sample : sample;
  }

  send(microphone: Int16Array, instead: Int16Array): void {
    this.sent.push(...(this.muted ? instead : microphone));
  }

  receive(_nowMs: number, out: Int16Array): boolean {
    for (let i = 0; i < out.length; i++) out[i] = this.#sample(this.#at++);
    return this.connected;
  }

  /** Since it was last asked. */
  heard(): Int16Array {
    return Int16Array.from(this.sent.splice(0));
  }
}

function run(engine: Engine, ticks: number, microphone = silence): Int16Array {
  const played: number[] = [];
  for (let i = 0; i < ticks; i++) played.push(...engine.tick(microphone, i * 10));
  return Int16Array.from(played);
}

function engineWith(...streams: EngineStream[]): Engine {
  const engine = new Engine();
  for (const stream of streams) engine.add(stream);
  return engine;
}

it('gives the microphone to every stream, and mixes those that are connected', () => {
  const streams = [new FakeStream(1_000), new FakeStream(-300), new FakeStream(9_999)];
  const [first, second, third] = streams;
  if (third) third.connected = false;
  const engine = engineWith(...streams);
  expect(run(engine, 2, new Int16Array(frameSamples).fill(55)).at(-1)).toBe(700);
  for (const stream of streams) expect(stream.heard().every((sample) => sample === 55)).toBe(true);
  for (const stream of [first, second]) if (stream) engine.remove(stream);
  expect(
    run(engine, 2)
      .subarray(frameSamples)
      .every((sample) => sample === 0),
  ).toBe(true);
  expect(engine.connected).toBe(false);
});

it('brings a single stream through bit for bit, however loud', () => {
  const engine = engineWith(new FakeStream((i) => (i % 2 === 0 ? 32_767 : -32_767)));
  run(engine, 1);
  expect(engine.tick(silence, 10).subarray(0, 2)).toEqual(Int16Array.of(32_767, -32_767));
});

it('makes a mix quieter that is too loud, without cutting its peaks off', () => {
  const loud = (i: number) => Math.round(25_000 * Math.sin((2 * Math.PI * 1_000 * i) / 48_000));
  const played = run(engineWith(new FakeStream(loud), new FakeStream(loud)), 100).subarray(48_00);
  expect(Math.max(...played)).toBeLessThanOrEqual(32_767);
  expect(toneDbfs(played, 1_000, 48_000)).toBeGreaterThan(-0.5);
  expect(toneDbfs(played, 3_000, 48_000)).toBeLessThan(-60);
});

it('lets nobody come or go with a click', () => {
  const stream = new FakeStream(8_000);
  const engine = engineWith(stream);
  stream.connected = false;
  const played: number[] = [...run(engine, 1)];
  stream.connected = true;
  played.push(...run(engine, 2));
  stream.connected = false;
  played.push(...run(engine, 2));
  stream.connected = true;
  played.push(...run(engine, 2));
  engine.remove(stream);
  played.push(...run(engine, 2));
  expect(largestStep(Int16Array.from(played))).toBeLessThan(20);
  expect(played.at(-1)).toBe(0);
  expect(engine.busy).toBe(false);
});

describe('a conference of six', () => {
  const hz = [400, 600, 800, 1_000, 1_200, 1_400];
  const make = () =>
    hz.map((each) => {
      const stream = new FakeStream((i) => Math.round(3_000 * Math.sin((2 * Math.PI * each * i) / 48_000)));
      stream.conference = true;
      return stream;
    });
  const expected = 20 * Math.log10(3_000 / 32_767);

  it('lets each hear the five others and the microphone, and never itself', () => {
    const streams = make();
    const engine = engineWith(...streams);
    run(engine, 1);
    for (const stream of streams) stream.heard();
    const microphone = new Int16Array(frameSamples);
    for (let i = 0; i < frameSamples; i++)
      microphone[i] = Math.round(3_000 * Math.sin((2 * Math.PI * 2_000 * i) / 48_000));
    const played = run(engine, 50, microphone);
    for (const [own, stream] of streams.entries()) {
      const heard = stream.heard();
      expect(toneDbfs(heard, 2_000, 48_000)).toBeCloseTo(expected, 0);
      for (const [i, each] of hz.entries()) {
        const level = toneDbfs(heard, each, 48_000);
        if (i === own) expect(level).toBeLessThan(-80);
        else expect(level).toBeCloseTo(expected, 0);
      }
    }
    for (const each of hz) expect(toneDbfs(played, each, 48_000)).toBeCloseTo(expected, 0);
    expect(toneDbfs(played, 2_000, 48_000)).toBeLessThan(-80);
  });

  it('keeps a stream out that is not in it, and lets a muted one hear the others without the microphone', () => {
    const streams = make();
    const [alone, muted] = streams;
    if (!alone || !muted) throw new Error('there are six');
    alone.conference = false;
    muted.muted = true;
    const engine = engineWith(...streams);
    run(engine, 1);
    for (const stream of streams) stream.heard();
    run(engine, 50, new Int16Array(frameSamples).fill(100));
    expect(alone.heard().every((sample) => sample === 100)).toBe(true);
    const heard = muted.heard();
    expect(toneDbfs(heard, 400, 48_000)).toBeLessThan(-80);
    expect(toneDbfs(heard, 800, 48_000)).toBeCloseTo(expected, 0);
    expect(Math.abs(heard.reduce((sum, sample) => sum + sample, 0) / heard.length)).toBeLessThan(1);
  });

  it('is joined and left without a click', () => {
    const streams = [new FakeStream(8_000), new FakeStream(4_000)];
    const [stays, comes] = streams;
    if (!stays || !comes) throw new Error('there are two');
    stays.conference = true;
    const engine = engineWith(...streams);
    run(engine, 2);
    comes.conference = true;
    run(engine, 2);
    comes.conference = false;
    run(engine, 2);
    for (const stream of streams) expect(largestStep(stream.heard())).toBeLessThan(40);
  });
});

it('shows both directions to the voice processing, in place, and leaves the microphone as it was', () => {
  const stream = new FakeStream(1_000);
  const engine = engineWith(stream);
  run(engine, 1);
  stream.heard();
  engine.process({ render: (frame) => frame.fill(7), capture: (frame) => frame.fill(9) });
  const microphone = new Int16Array(frameSamples).fill(5);
  expect(engine.tick(microphone, 10)[0]).toBe(7);
  expect(stream.heard()[0]).toBe(9);
  expect(microphone[0]).toBe(5);
  engine.process(null);
  expect(engine.tick(microphone, 20)[0]).toBe(1_000);
  expect(stream.heard()[0]).toBe(5);
});

it('tells of the microphone what it hears, whatever noise suppression leaves of it', () => {
  const engine = engineWith(new FakeStream(() => 0));
  engine.process({ render: () => {}, capture: (frame) => frame.fill(0) });
  engine.tick(new Int16Array(frameSamples).fill(1_000), 10);
  expect(engine.levels().microphoneDbfs).toBeGreaterThan(-40);
});

it('receives nothing when the loudspeaker wants nothing, but goes on sending', () => {
  const stream = new FakeStream((i) => i % 100);
  const engine = engineWith(stream);
  run(engine, 1);
  engine.tick(silence, 10, false);
  expect(engine.tick(silence, 20)[1]).toBe((frameSamples + 1) % 100);
  expect(stream.heard().length).toBe(3 * frameSamples);
});

it('measures both sides since it was last asked', () => {
  const engine = engineWith(new FakeStream(0));
  run(engine, 1, new Int16Array(frameSamples).fill(32_767));
  const { microphoneDbfs, speakerDbfs } = engine.levels();
  expect(microphoneDbfs).toBeCloseTo(3, 1);
  expect(speakerDbfs).toBe(-127);
  expect(engine.levels().microphoneDbfs).toBe(-127);
});

it('is busy with a stream or an alert, until that has faded out', () => {
  const engine = new Engine();
  expect(engine.busy).toBe(false);
  engine.alerts.set([{ key: 'a', role: 'headset', sound: 'ringback', loop: true, pauseMs: 0, gain: 1 }]);
  expect(engine.busy).toBe(true);
  expect(run(engine, 1).some((sample) => sample !== 0)).toBe(true);
  engine.alerts.set([]);
  run(engine, 1);
  expect(engine.busy).toBe(false);
});

it('beeps once, which keeps it busy', () => {
  const engine = new Engine();
  engine.play('beep');
  expect(engine.busy).toBe(true);
  run(engine, 21);
  expect(engine.busy).toBe(false);
});

it('lets nothing of the digits of one call be heard in the next', () => {
  const engine = new Engine();
  const stream = new FakeStream(0);
  engine.add(stream);
  engine.play({ digits: '12345' });
  engine.remove(stream);
  while (engine.busy) run(engine, 1);
  engine.add(new FakeStream(0));
  expect(run(engine, 20).every((sample) => sample === 0)).toBe(true);
});

describe('volumes', () => {
  const full: Volumes = { microphone: 100, speaker: 100, microphoneMuted: false, speakerMuted: false };
  const speech = Int16Array.from(tone(1_000, -20, 48_000, frameSamples));
  const speaking = () => new FakeStream((i) => speech[i % frameSamples] ?? 0);
  const ring = { key: 'a', role: 'headset', sound: 'ringback', loop: true, pauseMs: 0, gain: 1 } as const;

  /** What the far end and the loudspeaker get, dBFS of a tone, and what the meters say. */
  const heard = (volumes: Partial<Volumes>) => {
    const stream = speaking();
    const engine = engineWith(stream);
    run(engine, 10, speech);
    engine.setVolumes({ ...full, ...volumes });
    run(engine, 1, speech);
    stream.heard();
    engine.levels();
    const played = run(engine, 10, speech);
    const { microphoneDbfs, speakerDbfs } = engine.levels();
    return [toneDbfs(stream.heard(), 1_000, 48_000), toneDbfs(played, 1_000, 48_000), microphoneDbfs, speakerDbfs];
  };
  const near = (...levels: number[]) => levels.map((level) => expect.closeTo(level, 1));

  it('change nothing when they are full', () => {
    expect(heard({})).toEqual(near(-20, -20, -20, -20));
    const engine = engineWith(new FakeStream((i) => i % 100));
    engine.setVolumes(full);
    run(engine, 1);
    const second = Int16Array.from({ length: frameSamples }, (_, i) => (frameSamples + i) % 100);
    expect(engine.tick(speech, 10)).toEqual(second);
  });

  it('are of the microphone, whose meter goes on showing what it hears, and of the loudspeaker', () => {
    expect(heard({ microphone: 50 })).toEqual(near(-30, -20, -20, -20));
    expect(heard({ speaker: 50 })).toEqual(near(-20, -30, -20, -30));
  });

  it('muted are silence', () => {
    const [sent = 0, played = 0, microphone = 0] = heard({ microphoneMuted: true, speakerMuted: true });
    expect([sent, played].every((level) => level < -100)).toBe(true);
    expect(microphone).toBeCloseTo(-20, 1);
  });

  it('change without a click', () => {
    const engine = engineWith(new FakeStream(8_000));
    const played = [...run(engine, 2)];
    for (const speakerMuted of [true, false]) {
      engine.setVolumes({ ...full, speakerMuted });
      played.push(...run(engine, 2));
    }
    expect(largestStep(Int16Array.from(played.slice(frameSamples)))).toBeLessThanOrEqual(17);
  });

  it('let nothing of a microphone through that was muted before the call', () => {
    const engine = new Engine();
    engine.setVolumes({ ...full, microphoneMuted: true });
    const stream = speaking();
    engine.add(stream);
    run(engine, 2, speech);
    expect(stream.heard().every((sample) => sample === 0)).toBe(true);
  });

  it('keep a muted microphone from a conference, whose other calls go on hearing each other', () => {
    const streams = [new FakeStream(1_000), new FakeStream(500)];
    for (const stream of streams) stream.conference = true;
    const engine = engineWith(...streams);
    engine.setVolumes({ ...full, microphoneMuted: true });
    run(engine, 3, speech);
    expect(streams.map((stream) => stream.heard().at(-1))).toEqual([500, 1_000]);
  });

  it('are not to keep an agent from hearing that a call comes', () => {
    const loudness = (volumes: Partial<Volumes>) => {
      const engine = new Engine();
      engine.setVolumes({ ...full, ...volumes });
      engine.alerts.set([ring]);
      return rmsDbfs(run(engine, 20));
    };
    const loudest = loudness({});
    expect(loudness({ speakerMuted: true })).toBeCloseTo(loudest, 1);
    expect(loudness({ speaker: 50 })).toBeCloseTo(loudest - 10, 1);
    expect(loudness({ speaker: 0 })).toBeCloseTo(loudest - 20.1, 1);
  });
});
