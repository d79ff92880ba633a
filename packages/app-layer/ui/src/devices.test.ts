import { blankAudio } from '@thinline/shared/contract/blank.ts';
import { describe, expect, test } from 'vitest';
import type { Audio } from '../../src/panel/api.ts';
import { deviceView, sendLatest } from './devices.ts';

const devices: Audio['devices'] = [
  { id: 'm1', name: 'Headset', kind: 'CAPTURE', isDefault: true },
  { id: 'm2', name: 'Webcam', kind: 'CAPTURE', isDefault: false },
  { id: 's1', name: 'Headset', kind: 'PLAYBACK', isDefault: true },
  { id: 's2', name: '', kind: 'PLAYBACK', isDefault: false },
];
const audio = (said: Partial<Audio>) => blankAudio({ devices, ...said });

describe('a choice of devices', () => {
  test('microphones for the microphone, loudspeakers for the others', () => {
    const ids = (part: Parameters<typeof deviceView>[0]) => deviceView(part, audio({})).choices.map(({ id }) => id);
    expect([ids('microphone'), ids('speaker'), ids('ringer')]).toEqual([
      ['m1', 'm2'],
      ['s1', 's2'],
      ['s1', 's2'],
    ]);
  });

  test.each<[string, Partial<Audio>]>([
    ['automatic', { captureId: 'm1' }],
    ['chosen', { captureId: 'm2', chosenCaptureId: 'm2' }],
    ['other', { captureId: 'm1', chosenCaptureId: 'm2' }],
    ['gone', { captureId: 'm1', chosenCaptureId: 'unplugged' }],
    ['gone', { chosenCaptureId: 'unplugged', devices: [] }],
    ['none', { devices: [] }],
    ['none', { captureId: 'unplugged' }],
  ])('%s: %o', (state, said) => {
    expect(deviceView('microphone', audio(said)).state).toBe(state);
  });

  test('each part has its own', () => {
    const it = audio({ playbackId: 's1', chosenPlaybackId: 's1', ringerId: 's2', chosenRingerId: 's1' });
    expect([deviceView('speaker', it).state, deviceView('ringer', it).state]).toEqual(['chosen', 'other']);
  });
});

test('of values that come while one is on its way only the newest is sent', async () => {
  const sent: number[] = [];
  const answers: (() => void)[] = [];
  const send = sendLatest((value: number) => {
    sent.push(value);
    return new Promise<void>((done) => answers.push(done));
  });
  for (const value of [1, 2, 3]) send(value);
  expect(sent).toEqual([1]);
  answers[0]?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(sent).toEqual([1, 3]);
  answers[1]?.();
  await Promise.resolve();
  await Promise.resolve();
  send(4);
  expect(sent).toEqual([1, 3, 4]);
});
