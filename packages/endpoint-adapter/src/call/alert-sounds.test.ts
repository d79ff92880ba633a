import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent, type Text } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlayedAlert } from '../media/alert.ts';
import { AlertSounds } from './alert-sounds.ts';
import { type Alert, usualAlerting } from './alerting.ts';

let folder: string;
let lines: string[];
let played: readonly PlayedAlert[];
let sounds: AlertSounds;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alert-sounds-'));
  lines = [];
  played = [];
  const log = { ...silent, warning: (text: Text) => void lines.push(typeof text === 'string' ? text : text()) };
  const play = (alerts: readonly PlayedAlert[]) => {
    played = alerts;
  };
  sounds = new AlertSounds({ log, play });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** At 8 kHz: a sixth of the samples that are heard. */
function wav(name: string, samples: number): string {
  const file = Buffer.alloc(44 + samples * 2, 1);
  file.write('RIFF....WAVEfmt ', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  for (const [at, value] of [16, 0x1_0001, 8_000, 16_000, 0x10_0002].entries()) file.writeUInt32LE(value, 16 + at * 4);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
  const path = join(folder, name);
  writeFileSync(path, file);
  return path;
}

const alert = (file: string): Alert => ({
  key: `ring ${file}`,
  callId: 'c1',
  role: 'headset',
  file,
  tone: 'ringing',
  loop: true,
  pauseMs: 0,
  gain: 1,
});

/** Samples, or the name of a tone. */
function heard(file: string): number | string | undefined {
  sounds.play([alert(file)]);
  const sound = played[0]?.sound;
  return typeof sound === 'string' ? sound : sound?.length;
}

it('plays files once they are read, and tones where there is none', async () => {
  const ringingFile = wav('ring.wav', 800);
  const ringbackFile = wav('back.wav', 160);
  const reading = sounds.use({ ...usualAlerting, ringingFile, ringbackFile });
  expect(heard(ringingFile)).toBe('ringing');
  await reading;
  expect(heard(ringingFile)).toBe(4_800);
  expect(heard(ringbackFile)).toBe(960);
  expect(heard('')).toBe('ringing');
  expect(heard('/etc/other.wav')).toBe('ringing');
  expect(played[0]).toEqual({
    ...alert('/etc/other.wav'),
    callId: undefined,
    file: undefined,
    tone: undefined,
    key: expect.stringContaining('ringing'),
    sound: 'ringing',
  });
  expect(lines).toEqual([]);
});

it('goes over to a file that is read while it rings', async () => {
  const ringingFile = wav('ring.wav', 800);
  const reading = sounds.use({ ...usualAlerting, ringingFile });
  sounds.play([alert(ringingFile)]);
  const [tone] = played;
  await reading;
  expect(played[0]?.sound).toHaveLength(4_800);
  expect(played[0]?.key).not.toBe(tone?.key);
});

it('reads them anew with each configuration, and the newest wins', async () => {
  const ringingFile = wav('ring.wav', 800);
  const first = sounds.use({ ...usualAlerting, ringingFile });
  const second = sounds.use(usualAlerting);
  await Promise.all([first, second]);
  expect(heard(ringingFile)).toBe('ringing');
  wav('ring.wav', 1_600);
  await sounds.use({ ...usualAlerting, ringingFile });
  expect(heard(ringingFile)).toBe(9_600);
});

it('says in one line what can’t be played, whatever it is named for', async () => {
  const mp3 = join(folder, 'ring.mp3');
  writeFileSync(mp3, 'ID3\x03\x00 and so on');
  await sounds.use({ ...usualAlerting, ringingFile: mp3, systemRingingFile: mp3, ringbackFile: folder });
  expect(heard(mp3)).toBe('ringing');
  expect(lines).toEqual([
    `The sound file ${mp3} cannot be used: it is an MP3 file, not a WAV file. A tone of ours is played instead.`,
    `The sound file ${folder} cannot be used: it is no file. A tone of ours is played instead.`,
  ]);
});

it('says nothing of names that only stand for tones of ours', async () => {
  const names = { ringingFile: 'ringing.wav', systemRingingFile: 'ringing.wav', callWaitingFile: 'callwait.wav' };
  await sounds.use({ ...usualAlerting, ...names });
  expect(heard('ringing.wav')).toBe('ringing');
  expect(lines).toEqual([]);
  await sounds.use({ ...usualAlerting, systemRingingFile: 'ringing.mp3' });
  expect(lines).toEqual([expect.stringMatching(/ringing\.mp3 cannot be used: ENOENT/)]);
});

it('plays the first 30 s of what is longer, and says so', async () => {
  const ringingFile = wav('ring.wav', 31 * 8_000);
  await sounds.use({ ...usualAlerting, ringingFile });
  expect(heard(ringingFile)).toBe(30 * 48_000);
  expect(lines).toEqual([`of the sound file ${ringingFile} the first 30 s are played`]);
});

it('says that there is no way 5 to ring back', async () => {
  await sounds.use({ ...usualAlerting, ringbackMode: 5 });
  expect(lines).toEqual(['ringback_enabled has no value 5; it is taken for 2']);
});
