import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWav, parseWav, readShortWav, resampleUp, WavWriter } from './wav.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wav-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Parts {
  code?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  data?: number[];
  dataSize?: number;
  extra?: Buffer;
}

function wavFile({
  code = 1,
  channels = 1,
  rate = 8000,
  bits = 16,
  data = [1, 0, 2, 0],
  dataSize,
  extra,
}: Parts): Buffer {
  const format = Buffer.alloc(24);
  format.write('fmt ', 0, 'latin1');
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(code, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt32LE(rate, 12);
  format.writeUInt32LE((rate * channels * bits) / 8, 16);
  format.writeUInt16LE((channels * bits) / 8, 20);
  format.writeUInt16LE(bits, 22);
  const head = Buffer.alloc(8);
  head.write('data', 0, 'latin1');
  head.writeUInt32LE(dataSize ?? data.length, 4);
  const body = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    extra ?? Buffer.alloc(0),
    format,
    head,
    Buffer.from(data),
  ]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF', 0, 'latin1');
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}

describe('parseWav', () => {
  it('reads 16-bit sound, mono and stereo', () => {
    expect(parseWav(wavFile({ data: [1, 0, 0xff, 0xff] }))).toEqual({ rate: 8000, samples: Int16Array.from([1, -1]) });
    const stereo = parseWav(wavFile({ channels: 2, rate: 48000, data: [10, 0, 20, 0] }));
    expect(stereo).toEqual({ rate: 48000, samples: Int16Array.from([15]) });
  });

  it('reads A-law and µ-law (ITU-T G.711)', () => {
    const aLaw = parseWav(wavFile({ code: 6, bits: 8, data: [0xd5, 0x55, 0xaa, 0x2a] }));
    expect([...aLaw.samples]).toEqual([8, -8, 32256, -32256]);
    const muLaw = parseWav(wavFile({ code: 7, bits: 8, data: [0xff, 0x7f, 0x80, 0x00] }));
    expect([...muLaw.samples].map((each) => each + 0)).toEqual([0, 0, 32124, -32124]);
  });

  it('passes over parts that it does not know, of odd length too', () => {
    const list = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    expect(parseWav(wavFile({ extra: list })).samples.length).toBe(2);
  });

  it.each([
    [Buffer.from('hello'), 'it is not a WAV file'],
    [wavFile({}).subarray(0, 30), 'its part "fmt " is longer than the file'],
    [wavFile({ dataSize: 5 }), 'its part "data" is longer than the file'],
    [wavFile({ data: [1, 0, 2] }), 'its sound ends within a sample'],
    [wavFile({ code: 3, bits: 32 }), 'its coding (format 3, 32 bit) is not PCM 16 bit, A-law or µ-law'],
    [wavFile({ rate: 44100 }), 'its rate of 44100 Hz is not one of 8000, 16000, 32000, 48000'],
    [wavFile({ rate: 22050 }), 'its rate of 22050 Hz is not one of'],
    [wavFile({ rate: 0 }), 'its rate of 0 Hz is not one of'],
    [wavFile({ code: 7, bits: 8, rate: 16000 }), 'its rate is 16000 Hz; A-law and µ-law have 8000'],
    [wavFile({ code: 6, bits: 16 }), 'its coding (format 6, 16 bit) is not'],
    [wavFile({ code: 1, bits: 8 }), 'its coding (format 1, 8 bit) is not'],
    [wavFile({ code: 0xfffe }), 'its coding (format 65534, 16 bit) is not'],
    [wavFile({ dataSize: 0xffffffff }), 'its part "data" is longer than the file'],
    [wavFile({ extra: Buffer.from('LIST\xff\xff\xff\xff', 'latin1') }), 'its part "LIST" is longer than the file'],
    [Buffer.from('RIFX\x00\x00\x00\x04WAVE', 'latin1'), 'it is a WAV file for big-endian machines'],
    [Buffer.from('ID3\x03\x00', 'latin1'), 'it is an MP3 file'],
    [Buffer.from([0xff, 0xfb, 0x90, 0x00]), 'it is an MP3 file'],
    [Buffer.alloc(0), 'it is not a WAV file'],
    [wavFile({ channels: 0 }), 'it has 0 channels'],
    [wavFile({ channels: 6 }), 'it has 6 channels, not one or two'],
    [wavFile({}).subarray(0, 36), 'it has no sound in it'],
  ])('says what is wrong with a file it cannot read', (bytes, why) => {
    expect(() => parseWav(bytes)).toThrow(why);
  });

  it('survives every way of cutting or changing a file', () => {
    const whole = wavFile({});
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const broken = Buffer.from(whole);
        broken[at] = value;
        for (const bytes of [broken, broken.subarray(0, at)]) {
          try {
            expect(parseWav(bytes).samples.length).toBeLessThanOrEqual(4);
          } catch (error) {
            expect(error).toHaveProperty('message', expect.stringMatching(/^its? /));
          }
        }
      }
    }
  });
});

it('resamples a tone without changing its level or adding others', () => {
  const tone = (rate: number) =>
    Int16Array.from({ length: rate / 10 }, (_, i) => 8000 * Math.sin((2 * Math.PI * 1000 * i) / rate));
  for (const rate of [8000, 16000, 32000]) {
    const wanted = tone(48000);
    const got = resampleUp(tone(rate), rate, 48000);
    expect(got.length).toBe(wanted.length);
    const apart = got.map((sample, i) => Math.abs(sample - (wanted[i] ?? 0)));
    expect(Math.max(...apart.subarray(200, -200))).toBeLessThan(40);
  }
});

it('names the file in a sentence when it cannot be used', () => {
  const path = join(folder, 'x.wav');
  writeFileSync(path, 'hello');
  expect(() => loadWav(path)).toThrow(`The sound file ${path} cannot be used: it is not a WAV file.`);
  expect(() => loadWav(join(folder, 'none.wav'))).toThrow(/^The sound file .* cannot be used: ENOENT/);
});

describe('a sound that people have named', () => {
  const write = (bytes: Buffer): string => {
    const path = join(folder, 'ring.wav');
    writeFileSync(path, bytes);
    return path;
  };

  it.each([8000, 16000, 32000])(
    'is read at %i Hz, as far as it may go, into memory that threads share',
    async (rate) => {
      const path = write(wavFile({ rate, data: Array<number>(rate / 5).fill(1) }));
      const whole = await readShortWav(path, 0.1);
      expect(whole).toMatchObject({ cut: false, samples: { length: 4_800 } });
      expect(whole.samples.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(await readShortWav(path, 0.05)).toMatchObject({ cut: true, samples: { length: 2_400 } });
    },
  );

  it.each([
    [() => write(Buffer.from('hello')), 'it is not a WAV file'],
    [() => write(wavFile({ data: [] })), 'it has no sound in it'],
    [
      () => {
        const path = write(wavFile({}));
        truncateSync(path, 16 * 1024 * 1024 + 1);
        return path;
      },
      'it is too long',
    ],
    [() => folder, 'it is no file'],
    [() => '/dev/zero', 'it is no file'],
    [() => join(folder, 'none.wav'), 'ENOENT'],
    [() => 'a\0b', 'null bytes'],
  ])('is refused in a sentence', async (path, why) => {
    await expect(readShortWav(path(), 30)).rejects.toThrow(/^The sound file .* cannot be used: .*\.$/s);
    await expect(readShortWav(path(), 30)).rejects.toThrow(why);
  });
});

it('writes what it reads, over more than one block, and is whole at each sync', () => {
  const path = join(folder, 'out.wav');
  const writer = new WavWriter(path);
  const samples = Int16Array.from({ length: 100_000 }, (_, i) => i & 0x7fff);
  for (let i = 0; i < samples.length; i += 1000) {
    writer.write(samples.subarray(i, i + 1000));
    if (i === 60_000) {
      writer.sync();
      expect(parseWav(readFileSync(path))).toEqual({ rate: 48000, samples: samples.subarray(0, 61_000) });
    }
  }
  writer.close();
  expect(parseWav(readFileSync(path))).toEqual({ rate: 48000, samples });
  writer.write(samples);
  expect(loadWav(path).length).toBe(100_000);
});

it('says when a recording cannot be written', () => {
  expect(() => new WavWriter(join(folder, 'none', 'x.wav'))).toThrow(/none\/x\.wav cannot be written: ENOENT/);
});
