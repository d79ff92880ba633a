/** The codecs, in order of preference. */
import type { Codec } from './codec.ts';
import { opus } from './opus.ts';
import { pcma } from './pcma.ts';
import { pcmu } from './pcmu.ts';

export const codecs: readonly Codec[] = [opus, pcma, pcmu];

export function findCodec(name: string): Codec | undefined {
  const wanted = name.toLowerCase();
  return codecs.find((codec) => codec.name.toLowerCase() === wanted);
}

/** Tries each codec once; one that can't load is left out, and `warn` is told why. */
export async function loadCodecs(warn: (text: string) => void, from = codecs): Promise<Codec[]> {
  const loaded: Codec[] = [];
  for (const codec of from) {
    try {
      const { encoder, decoder } = await codec.open();
      encoder.close();
      decoder.close();
      loaded.push(codec);
    } catch (error) {
      warn(`the codec ${codec.name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return loaded;
}
