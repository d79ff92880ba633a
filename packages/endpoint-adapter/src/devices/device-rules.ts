/** The device options, read once, for choosing by them often. Pure. */
import type { DeviceSettings } from '@thinline/shared/contract/types.ts';
import { type ReadList, readNames, readPairs } from './device-list.ts';
import type { HeadsetRules } from './headsets.ts';
import { type NamePattern, readPattern } from './name-pattern.ts';

/** A file that is wrong from end to end is not worth more lines of the log. */
const mostMistakes = 32;

export interface DeviceRules extends HeadsetRules {
  readonly useHeadset: boolean;
  /** The preferred one first. */
  readonly headsets: readonly NamePattern[];
  readonly captures: readonly NamePattern[];
  readonly playbacks: readonly NamePattern[];
  readonly ringers: readonly NamePattern[];
  /** A listed device that appears in a call replaces a fallback. */
  readonly follow: boolean;
}

/** `mistakes`: sentences for the log. */
export function readDeviceRules(settings: DeviceSettings): { rules: DeviceRules; mistakes: string[] } {
  const mistakes: string[] = [];
  const pattern = (option: string, text: string): NamePattern => {
    const read = readPattern(text);
    if (read.mistake !== null) mistakes.push(`${option}: "${text}" is taken literally, as ${read.mistake}.`);
    return read.pattern;
  };
  const list = <T>(option: string, read: ReadList<T>): T[] => {
    mistakes.push(...read.mistakes.map((mistake) => `${option}: ${mistake}.`));
    return read.entries;
  };
  const names = (option: string, text: string) => list(option, readNames(text)).map((name) => pattern(option, name));
  const rules = {
    useHeadset: settings.useHeadset,
    headsets: names('headset_name', settings.headsetName),
    captures: names('audio_in_device', settings.audioInDevice),
    playbacks: names('audio_out_device', settings.audioOutDevice),
    ringers: names('ringer_device', settings.ringerDevice),
    include: list('include_headset', readPairs(settings.includeHeadset)).map(({ microphone, speaker }) => ({
      capture: pattern('include_headset', microphone),
      playback: pattern('include_headset', speaker),
    })),
    exclude: names('exclude_headset', settings.excludeHeadset),
    follow: settings.follow,
  };
  return { rules, mistakes: mistakes.slice(0, mostMistakes) };
}
