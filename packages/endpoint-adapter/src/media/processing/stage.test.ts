import { expect, it } from 'vitest';
import { largestStep, tone } from '../testing/sound.ts';
import { type Stage, StageSwitch } from './stage.ts';

const frames = (sound: Int16Array) =>
  Array.from({ length: sound.length / 480 }, (_, i) => sound.subarray(i * 480, (i + 1) * 480));

/** Turns the sound upside down: the harshest thing to switch to. */
class Inverter implements Stage {
  heard = 0;
  rendered = 0;
  closed = 0;
  process(frame: Int16Array): void {
    this.heard++;
    for (let i = 0; i < frame.length; i++) frame[i] = -(frame[i] ?? 0);
  }
  render(): void {
    this.rendered++;
  }
  close(): void {
    this.closed++;
  }
}

it('leaves sound alone where there is no stage', () => {
  const place = new StageSwitch<'on'>();
  const sound = tone(440, -10, 48_000, 480);
  place.process(sound);
  expect(sound).toEqual(tone(440, -10, 48_000, 480));
  expect(place.kind).toBe('off');
});

it('passes to a stage and back without a step, after the stage has heard 100 ms', () => {
  const place = new StageSwitch<'on'>();
  const inverter = new Inverter();
  const before = tone(440, -10, 48_000, 480 * 30);
  const sound = before.slice();
  frames(sound).forEach((frame, i) => {
    if (i === 2) place.use('on', inverter);
    if (i === 20) place.use('off', null);
    place.process(frame);
    place.render(frame);
  });
  expect(largestStep(sound)).toBeLessThan(largestStep(before) * 1.2);
  expect(sound.subarray(0, 480 * 12)).toEqual(before.subarray(0, 480 * 12));
  expect(sound.subarray(480 * 13, 480 * 20)).toEqual(before.subarray(480 * 13, 480 * 20).map((it) => -it));
  expect(sound.subarray(480 * 21)).toEqual(before.subarray(480 * 21));
  expect(inverter).toMatchObject({ heard: 19, rendered: 18, closed: 1 });
});

it('closes what was never heard, and what was heard when it closes', () => {
  const place = new StageSwitch<'a' | 'b'>();
  const first = new Inverter();
  const second = new Inverter();
  place.use('a', first);
  place.use('b', second);
  expect(first.closed).toBe(1);
  for (let i = 0; i < 11; i++) place.process(new Int16Array(480));
  place.use('a', first);
  place.close();
  expect([first.closed, second.closed]).toEqual([2, 1]);
  expect(place.kind).toBe('off');
});

it('is off with a stage that has failed', () => {
  const place = new StageSwitch<'on'>();
  const stage = { failed: false, process: () => {} };
  place.use('on', stage);
  expect(place.kind).toBe('on');
  stage.failed = true;
  expect(place.kind).toBe('off');
});
