import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type SoundPreferences, usualPreferences } from './media/preferences.ts';
import { SoundMemory } from './sound-memory.ts';

const chosen: SoundPreferences = {
  picks: { capture: { id: 'micB', name: 'Headset B' }, playback: null, ringer: { id: 'desk', name: 'Desk "1"' } },
  volumes: { microphone: 40, speaker: 0, microphoneMuted: true, speakerMuted: true },
};

let folder: string;
let file: string;
let warnings: string[];
const memory = (path = file) =>
  new SoundMemory(path, { ...silent, warning: (text) => void warnings.push(String(text)) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-sound-memory-'));
  file = join(folder, 'state', 'sound.json');
  warnings = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

it('remembers devices and volumes, for nobody else to read, but not that somebody was muted', () => {
  expect(memory().read()).toEqual(usualPreferences);
  const it = memory();
  it.keep(chosen);
  it.flush();
  const { microphoneMuted, speakerMuted } = usualPreferences.volumes;
  expect(memory().read()).toEqual({ ...chosen, volumes: { ...chosen.volumes, microphoneMuted, speakerMuted } });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'state')).mode & 0o777).toBe(0o700);
  expect(warnings).toEqual([]);
});

it('writes a slider down once, when it rests', () => {
  vi.useFakeTimers();
  const it = memory();
  for (const microphone of [90, 80, 70]) it.keep({ ...chosen, volumes: { ...chosen.volumes, microphone } });
  expect(memory().read()).toEqual(usualPreferences);
  vi.advanceTimersByTime(500);
  expect(memory().read().volumes.microphone).toBe(70);
  expect(readdirSync(join(folder, 'state'))).toEqual(['sound.json']);
});

it.each([
  ['nothing', ''],
  ['half of it', '{"microphone": {"id": "a"'],
  ['null', 'null'],
  ['a list', '[1, 2]'],
  ['what is too long', JSON.stringify({ microphone: { id: 'a', name: 'b' } }).padEnd(20_000)],
  [
    'wrong types',
    '{"microphone": "a", "speaker": {"id": 1, "name": []}, "microphoneVolume": "9", "speakerVolume": 101}',
  ],
  ['names without end', JSON.stringify({ microphone: { id: 'a', name: 'x'.repeat(1025) } })],
])('takes %s for nothing said', (_, text) => {
  const path = join(folder, 'sound.json');
  writeFileSync(path, text);
  expect(memory(path).read()).toEqual(usualPreferences);
});

it('goes on where nothing can be written, and says so once', () => {
  writeFileSync(join(folder, 'state'), 'in the way');
  const it = memory();
  for (let times = 0; times < 2; times++) {
    it.keep(chosen);
    it.flush();
  }
  expect(warnings).toEqual([expect.stringContaining('devices and volumes are forgotten at the end')]);
});
