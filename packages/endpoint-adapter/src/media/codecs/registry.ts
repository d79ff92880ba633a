/** The codecs, in order of preference: the widest band first, then the least bits, then the least known. */
import { sampleRate } from '../../audio/driver.ts';
import { makeResampler } from '../resampler.ts';
import type { Codec } from './codec.ts';
import { g722 } from './g722.ts';
import { g729 } from './g729.ts';
import { ilbc } from './ilbc.ts';
import { isacSuperWideBand, isacWideBand } from './isac.ts';
import { opus } from './opus.ts';
import { pcma } from './pcma.ts';
import { pcmu } from './pcmu.ts';

export const codecs: readonly Codec[] = [opus, g722, pcma, pcmu, isacSuperWideBand, isacWideBand, g729, ilbc];

/** Whether the name alone isn't enough. */
const isAmbiguous = (codec: Codec): boolean => codecs.some((it) => it !== codec && it.name === codec.name);

/** How main thread and worker name it: with its clock rate where there are several of its name. */
export const registryName = (codec: Codec): string =>
  isAmbiguous(codec) ? `${codec.name}/${codec.clockRate}` : codec.name;

/**
 * By name, or by name and rate ("iSAC/32000"), whatever their case. The rate may be that of the sound too, as G.722's clock
 * rate is not (RFC 3551 §4.5.2). A name alone that there are several of finds the first.
 */
export function findCodec(name: string, from: readonly Codec[] = codecs): Codec | undefined {
  const [wanted = '', rate] = name.toLowerCase().split('/');
  return from.find(
    (codec) =>
      codec.name.toLowerCase() === wanted &&
      (rate === undefined || rate === String(codec.clockRate) || rate === String(codec.sampleRate)),
  );
}

/** Tries each codec once; one that can't load is left out, and `warn` is told why. */
export async function loadCodecs(warn: (text: string) => void, from: readonly Codec[] = codecs): Promise<Codec[]> {
  const loaded: Codec[] = [];
  for (const codec of from) {
    try {
      const { encoder, decoder } = await codec.open();
      encoder.close();
      decoder.close();
      // A rate that the devices' rate can't be turned into is of no use either.
      makeResampler(codec.sampleRate, sampleRate, codec.sampleRate / 100);
      loaded.push(codec);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(`the codec ${registryName(codec)} is left out: ${reason}`);
    }
  }
  return loaded;
}
