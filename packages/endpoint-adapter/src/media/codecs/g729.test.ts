import { afterEach, describe, expect, it, vi } from 'vitest';
import { rmsDbfs, speechLike } from '../testing/sound.ts';
import type { OpenCodec } from './codec.ts';
import { g729 } from './g729.ts';

const theirs = (fmtp: string): Promise<OpenCodec> => g729.open({ fmtp, ptime: 20 });
const quiet = new Int16Array(160);

const missing = await g729.open().then(
  ({ encoder, decoder }) => {
    encoder.close();
    decoder.close();
    return null;
  },
  (error: Error) => error.message,
);
if (missing !== null) console.warn(`G.729 is not tested: ${missing}.`);

describe('where it is not', () => {
  afterEach(() => {
    vi.doUnmock('koffi');
    vi.resetModules();
  });

  it('says what is missing and where it comes from', async () => {
    vi.resetModules();
    vi.doMock('koffi', () => ({
      load: () => {
        throw new Error('cannot open shared object file');
      },
    }));
    const { g729: absent } = await import('./g729.ts');
    await expect(absent.open()).rejects.toThrow(
      /^the library \S*bcg729\S* is not on this machine \(Debian package libbcg729-0\)$/,
    );
  });
});

describe.skipIf(missing !== null)('with the library', () => {
  it('encodes and decodes sound at its level, 10 bytes for 10 ms', async () => {
    const { encoder, decoder } = await theirs('');
    const sound = speechLike(8_000, 8_000);
    const heard = new Int16Array(8_000);
    const packet = new Uint8Array(40);
    const out = new Int16Array(1_040);
    for (let at = 0; at < sound.length; at += 160) {
      expect(encoder.encode(sound.subarray(at, at + 160), packet, 12)).toBe(20);
      expect(decoder.decode(packet.subarray(12), 20, out)).toBe(160);
      heard.set(out.subarray(0, 160), at);
    }
    expect(Math.abs(rmsDbfs(heard) - rmsDbfs(sound))).toBeLessThan(3);
    decoder.conceal(160, out);
    expect(rmsDbfs(out.subarray(0, 160))).toBeGreaterThan(rmsDbfs(sound) - 20);
    encoder.close();
    decoder.close();
  });

  it('makes up any piece of a frame, and goes on where it stopped', async () => {
    const whole = await theirs('');
    const pieces = await theirs('');
    const [one, other] = [new Int16Array(160), new Int16Array(160)];
    whole.decoder.conceal(160, one);
    for (let at = 0; at < 160; at += 20) pieces.decoder.conceal(20, other.subarray(at));
    expect(other).toEqual(one);
    for (const { encoder, decoder } of [whole, pieces]) {
      encoder.close();
      decoder.close();
    }
  });

  it('counts frames of speech and one of comfort noise after them', async () => {
    const { encoder, decoder } = await theirs('');
    const durations = [0, 2, 10, 12, 20, 22, 4, 11, 120, 122, 130].map((length) =>
      decoder.duration(new Uint8Array(0), 0, length),
    );
    expect(durations).toEqual([0, 80, 80, 160, 160, 240, 0, 0, 960, 0, 0]);
    encoder.close();
    decoder.close();
  });

  it('rests after comfort noise, and no longer after speech', async () => {
    const { encoder, decoder } = await theirs('');
    const out = new Int16Array(1_040);
    expect(decoder.decode(Uint8Array.of(0x4a, 0x12), 2, out)).toBe(80);
    expect(decoder.resting).toBe(true);
    decoder.conceal(400, out);
    expect(decoder.decode(new Uint8Array(12), 12, out)).toBe(160);
    expect(decoder.resting).toBe(true);
    expect(decoder.decode(new Uint8Array(10), 10, out)).toBe(80);
    expect(decoder.resting).toBe(false);
    encoder.close();
    decoder.close();
  });

  it('pauses in silence only where it may and where the far end understands it', async () => {
    const packet = new Uint8Array(20);
    const sent = async (fmtp: string, discontinuous: boolean): Promise<Set<number>> => {
      const { encoder, decoder } = await theirs(fmtp);
      encoder.adapt({ lossRate: 0, discontinuous });
      const lengths = new Set(Array.from({ length: 100 }, () => encoder.encode(quiet, packet, 0)));
      encoder.close();
      decoder.close();
      return lengths;
    };
    expect(await sent('', false)).toEqual(new Set([20]));
    expect(await sent('annexb=no', true)).toEqual(new Set([20]));
    expect(await sent('annexb=yes', true)).toContain(0);
  });

  it('sends comfort noise only at the end of a packet', async () => {
    const { encoder, decoder } = await theirs('');
    encoder.adapt({ lossRate: 0, discontinuous: true });
    const speech = speechLike(8_000, 4_800);
    const packet = new Uint8Array(60);
    for (let i = 0; i < 200; i++) {
      const sound = new Int16Array(480);
      // Speech that begins and ends within packets.
      if (i % 20 < 10) sound.set(speech.subarray((i % 10) * 480, (i % 10) * 480 + (i % 20 === 9 ? 160 : 480)));
      const bytes = encoder.encode(sound, packet, 0);
      expect(bytes === 0 || decoder.duration(packet, 0, bytes) > 0).toBe(true);
    }
    encoder.close();
    decoder.close();
  });
});
