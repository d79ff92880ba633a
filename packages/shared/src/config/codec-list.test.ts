import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCodecList } from './codec-list.ts';

const codecs = [
  { name: 'opus', clockRate: 48_000, channels: 2, rates: ['', '/48000', '/48000/2'], most: 510_000 },
  { name: 'G722', clockRate: 8000, channels: 1, rates: ['', '/8000', '/16000', '/8000/1'], most: 0 },
  { name: 'PCMA', clockRate: 8000, channels: 1, rates: ['', '/8000', ' / 8000 / 1'], most: 0 },
  { name: 'PCMU', clockRate: 8000, channels: 1, rates: ['', '/8000'], most: 0 },
  { name: 'G729', clockRate: 8000, channels: 1, rates: ['', '/8000'], most: 0 },
  { name: 'iLBC', clockRate: 8000, channels: 1, rates: ['', '/8000'], most: 0 },
  { name: 'iSAC', clockRate: 16_000, channels: 1, rates: ['/16000'], most: 32_000 },
  { name: 'iSAC', clockRate: 32_000, channels: 1, rates: ['/32000', '/32000/1'], most: 56_000 },
];

const anyCase = (text: string) => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());

const blank = fc.constantFrom('', ' ', '  ');
/** What a quote can hold: anything plain but itself. */
const fmtps = fc.tuple(
  fc.string({ maxLength: 30 }).map((it) => it.replace(/["']/g, '')),
  fc.constantFrom('"', "'"),
);

/** An item of the list as people may write it, and what it means. */
const items = fc.uniqueArray(fc.constantFrom(...codecs), { minLength: 1 }).chain((chosen) =>
  fc.tuple(
    ...chosen.map((codec, index) =>
      fc
        .record({
          name: anyCase(codec.name),
          rate: fc.constantFrom(...codec.rates),
          payloadType: fc.constantFrom(0, 96 + index),
          key: fc.constantFrom('pt', 'PT', 'payload_type'),
          fmtp: fc.option(fmtps),
          ptime: fc.constantFrom(0, 10, 20, 30, 60),
          bitrate: codec.most > 0 ? fc.constantFrom(0, 20_000, codec.most) : fc.constant(0),
          gap: blank,
        })
        .map(({ name, rate, payloadType, key, fmtp, ptime, bitrate, gap }) => {
          const parameters = [
            ...(payloadType ? [`${key}${gap}=${payloadType}`] : []),
            ...(fmtp ? [`fmtp=${gap}${fmtp[1]}${fmtp[0]}${fmtp[1]}`] : []),
            ...(ptime ? [`${gap}ptime=${ptime}`] : []),
            ...(bitrate ? [`bitrate=${bitrate}${gap}`] : []),
          ];
          return {
            text: `${gap}${name}${rate}${parameters.length > 0 ? `${gap}=${gap}(${parameters.join(',')})` : ''}${gap}`,
            codec: {
              name: codec.name,
              clockRate: codec.clockRate,
              channels: codec.channels,
              payloadType,
              fmtp: fmtp?.[0] ?? '',
              ptime,
              bitrate,
            },
          };
        }),
    ),
  ),
);

describe('the grammar of the list of codecs', () => {
  it('means what was written, however it was written', () => {
    fc.assert(
      fc.property(items, (written) => {
        const mistakes: string[] = [];
        const read = readCodecList(written.map((it) => it.text).join(','), [], (problem) => mistakes.push(problem));
        expect(mistakes).toEqual([]);
        expect(read).toEqual(written.map((it) => it.codec));
      }),
      { numRuns: 60 },
    );
  });

  it('takes from a section what the list leaves open, and nothing else', () => {
    fc.assert(
      fc.property(items, (written) => {
        const place = { line: 7, path: 'codecs.x.y' };
        const sections = codecs.map(({ name, rates }) => ({
          section: name + rates.at(-1),
          parameters: new Map([
            ['ptime', { value: '40', place }],
            ['fmtp', { value: 'said=by;the=section', place }],
          ] as const),
        }));
        const read = readCodecList(written.map((it) => it.text).join(','), sections, () => {
          throw new Error('no mistake');
        });
        expect(read).toEqual(
          written.map(({ codec, text }) => ({
            ...codec,
            ptime: codec.ptime || 40,
            fmtp: text.includes('fmtp') ? codec.fmtp : 'said=by;the=section',
          })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('answers whatever it is given with codecs that there are, each once', () => {
    const soup = fc.array(
      fc.oneof(
        fc.constantFrom(
          'opus',
          'PCMU',
          'iSAC',
          '/8000',
          '/16000',
          '=',
          '(',
          ')',
          ',',
          '"',
          "'",
          'pt=',
          '102',
          'fmtp=',
          ' ',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
    );
    fc.assert(
      fc.property(soup, (parts) => {
        const told: string[] = [];
        const read = readCodecList(parts.join(''), [], (...words) => told.push(words.slice(0, 2).join('; ')));
        const names = read.map((it) => `${it.name}/${it.clockRate}`);
        expect(new Set(names).size).toBe(names.length);
        for (const { name, clockRate, payloadType, fmtp, ptime, bitrate } of read) {
          expect(codecs).toContainEqual(expect.objectContaining({ name, clockRate }));
          expect(payloadType === 0 || payloadType < 128).toBe(true);
          expect(fmtp).toMatch(/^[ -~]{0,256}$/);
          expect([0, 10, 20, 30, 40, 50, 60]).toContain(ptime);
          expect(bitrate).toBeLessThanOrEqual(510_000);
        }
        for (const it of told) expect(it.length).toBeLessThan(300);
      }),
      { numRuns: 150 },
    );
  });

  it('tells where a parameter of a section stands', () => {
    const place = { line: 7, path: 'codecs.PCMU/8000.ptime' };
    const told: unknown[] = [];
    const sections = [{ section: 'PCMU/8000', parameters: new Map([['ptime', { value: '15', place }]] as const) }];
    readCodecList('PCMU', sections, (...words) => told.push(words));
    expect(told).toEqual([['ptime of PCMU is "15", which is not 10, 20, … 60 ms', 'it is left out', place]]);
  });
});
