import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SoundTest, type TestKind } from './sound-test.ts';

let plays: boolean;
let inCall: boolean;
/** What was told of, and the roles of what is heard then. */
let told: string[];
let test: SoundTest;

beforeEach(() => {
  vi.useFakeTimers();
  plays = false;
  inCall = false;
  told = [];
  test = new SoundTest({
    plays: () => plays,
    inCall: () => inCall,
    onChanged: () => void told.push([test.kind, ...test.alerts.map(({ role }) => role)].join(' ')),
  });
});
afterEach(() => {
  test.stop();
  vi.useRealTimers();
});

it('plays a tone once the loudspeaker is open, from its beginning, and ends', () => {
  test.start('TONE');
  expect([test.needsDevices, told]).toEqual([true, ['TONE']]);
  vi.advanceTimersByTime(3_000);
  plays = true;
  test.opened();
  test.opened();
  expect(told).toEqual(['TONE', 'TONE headset']);
  vi.advanceTimersByTime(2_000);
  expect(test.kind).toBe('TONE');
  vi.advanceTimersByTime(500);
  expect([test.kind, test.needsDevices, told.at(-1), told.length]).toEqual(['NONE', false, 'NONE', 3]);
});

it('does not wait for ever for a loudspeaker', () => {
  test.start('TONE');
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual(['TONE', 'NONE']);
});

it('plays at once, and softly, in a call', () => {
  [plays, inCall] = [true, true];
  test.start('TONE');
  expect(test.alerts).toEqual([expect.objectContaining({ role: 'headset', gain: 0.5, loop: false })]);
  inCall = false;
  test.start('TONE');
  expect(test.alerts.map(({ gain }) => gain)).toEqual([1]);
});

it('rings at the ringer, and needs no microphone for that', () => {
  test.start('RINGER');
  expect([test.needsDevices, told]).toEqual([false, ['RINGER ringer']]);
  vi.advanceTimersByTime(4_000);
  expect([test.kind, test.alerts]).toEqual(['NONE', []]);
});

it('leaves the microphone open for half a minute, or until it is told', () => {
  plays = true;
  test.start('MICROPHONE');
  vi.advanceTimersByTime(29_999);
  expect([test.kind, test.needsDevices, test.alerts]).toEqual(['MICROPHONE', true, []]);
  vi.advanceTimersByTime(1);
  expect(test.kind).toBe('NONE');
  test.start('MICROPHONE');
  test.start('NONE');
  test.start('NONE');
  expect(told).toEqual(['MICROPHONE', 'NONE', 'MICROPHONE', 'NONE']);
});

it('takes the place of what was tried out before', () => {
  plays = true;
  const kinds: TestKind[] = ['TONE', 'RINGER', 'TONE', 'MICROPHONE'];
  const keys = kinds.flatMap((kind) => {
    test.start(kind);
    return test.alerts.map(({ key }) => key);
  });
  expect(new Set(keys).size).toBe(3);
  vi.advanceTimersByTime(10_000);
  expect(test.kind).toBe('MICROPHONE');
});
