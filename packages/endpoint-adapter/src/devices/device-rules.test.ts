import type { DeviceSettings } from '@thinline/shared/contract/types.ts';
import { expect, it } from 'vitest';
import { readDeviceRules } from './device-rules.ts';

const settings: DeviceSettings = {
  useHeadset: true,
  headsetName: 'Jabra, *',
  audioInDevice: 'Mic',
  audioOutDevice: 'Speaker',
  ringerDevice: 'Ringer',
  includeHeadset: 'External Mic:Headphones',
  excludeHeadset: 'Realtek',
  audioLayer: 0,
  releaseMs: 200,
  restartIfStuck: false,
  follow: true,
};

it('reads each option', () => {
  const { rules, mistakes } = readDeviceRules(settings);
  expect(mistakes).toEqual([]);
  const texts = (patterns: readonly { text: string }[]) => patterns.map(({ text }) => text);
  expect([rules.headsets, rules.captures, rules.playbacks, rules.ringers, rules.exclude].map(texts)).toEqual([
    ['Jabra', '*'],
    ['Mic'],
    ['Speaker'],
    ['Ringer'],
    ['Realtek'],
  ]);
  expect(rules.include.map(({ capture, playback }) => [capture.text, playback.text])).toEqual([
    ['External Mic', 'Headphones'],
  ]);
  expect([rules.useHeadset, rules.follow]).toEqual([true, true]);
});

it('says what is wrong, and goes on', () => {
  const { rules, mistakes } = readDeviceRules({ ...settings, headsetName: '[Jabra', includeHeadset: 'x,(a*)*:b' });
  expect(rules.headsets.map(({ expression }) => expression)).toEqual([null]);
  expect(mistakes).toEqual([
    'headset_name: "[Jabra" is taken literally, as it is not a regular expression.',
    'include_headset: x is not a microphone and a loudspeaker with one colon between them.',
    'include_headset: "(a*)*" is taken literally, as what it repeats is itself repeated or one of several, which may take for ever.',
  ]);
});

it('does not fill the log', () => {
  expect(readDeviceRules({ ...settings, headsetName: '"[,'.repeat(1000) }).mistakes.length).toBe(32);
});
