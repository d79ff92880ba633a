import { afterEach, expect, it, vi } from 'vitest';
import { opus } from './codecs/opus.ts';
import { pcmu } from './codecs/pcmu.ts';
import { Engine } from './engine.ts';
import { warmUp } from './warm-up.ts';

afterEach(() => vi.restoreAllMocks());

it.each([pcmu, opus])('runs all of a call, and leaves nothing behind: $name', async (codec) => {
  const tick = vi.spyOn(Engine.prototype, 'tick');
  let heard = 0;
  const open = codec.open;
  const watched = {
    ...codec,
    open: async (...options: Parameters<typeof open>) => {
      const { encoder, decoder } = await open(...options);
      const decode = decoder.decode.bind(decoder);
      decoder.decode = (...packet) => {
        heard++;
        return decode(...packet);
      };
      return { encoder, decoder };
    },
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await warmUp(watched, () => false);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  expect(tick).toHaveBeenCalledTimes(200);
  expect(heard).toBeGreaterThan(80);
});

it('makes way for a call', async () => {
  const tick = vi.spyOn(Engine.prototype, 'tick');
  await warmUp(pcmu, () => tick.mock.calls.length >= 7);
  expect(tick).toHaveBeenCalledTimes(7);
});
