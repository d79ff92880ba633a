import { expect, it } from 'vitest';
import type { Codec } from './codec.ts';
import { packetLength } from './codec.ts';
import { g722 } from './g722.ts';
import { isacSuperWideBand, isacWideBand } from './isac.ts';
import { pcmu } from './pcmu.ts';
import { codecs, findCodec, loadCodecs, registryName } from './registry.ts';

it('finds a codec by what it is called in settings and on the wire', () => {
  expect(findCodec('pcmu')).toBe(pcmu);
  expect(findCodec('PCMU/8000')).toBe(pcmu);
  expect(findCodec('G722/16000')).toBe(g722);
  expect(findCodec('g722/8000')).toBe(g722);
  expect(findCodec('opus/48000/2')?.name).toBe('opus');
  expect(findCodec('isac/16000')).toBe(isacWideBand);
  expect(findCodec('iSAC/32000')).toBe(isacSuperWideBand);
  expect(findCodec('PCMU/16000')).toBeUndefined();
  expect(findCodec('speex')).toBeUndefined();
  expect(findCodec('')).toBeUndefined();
});

it('has a name of its own for each', () => {
  expect(codecs.map(registryName)).toEqual([
    'opus',
    'G722',
    'PCMA',
    'PCMU',
    'iSAC/32000',
    'iSAC/16000',
    'G729',
    'iLBC',
  ]);
  for (const codec of codecs) expect(findCodec(registryName(codec))).toBe(codec);
});

it('leaves out what is absent, with one line for each', async () => {
  const absent: Codec = { ...isacWideBand, open: () => Promise.reject(new Error('it was not built')) };
  const lines: string[] = [];
  expect(await loadCodecs((line) => lines.push(line), [pcmu, absent])).toEqual([pcmu]);
  expect(lines).toEqual(['the codec iSAC/16000 is left out: it was not built']);
});

it('takes the longest packet that is not longer than asked for, else the shortest', () => {
  expect(packetLength({ packetMs: [10, 20, 40, 60] }, 30)).toBe(20);
  expect(packetLength({ packetMs: [30, 60] }, 20)).toBe(30);
  expect(packetLength({ packetMs: [30, 60] }, 200)).toBe(60);
});
