/** The real driver on a real sound service. Needs the addon (npm run build:audio) and PulseAudio. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AudioDriver, AudioStream } from '@thinline/endpoint-adapter/audio/driver.ts';
import { frameSamples } from '@thinline/endpoint-adapter/audio/driver.ts';
import { miniaudio } from '@thinline/endpoint-adapter/audio/drivers/miniaudio.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { hasPeers, hasSoundDriver } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { makeFinder, markedFrame } from './marker.ts';

let lab: SoundLab;
let driver: AudioDriver;

async function startLab(): Promise<void> {
  lab = await startSoundLab();
  process.env.PULSE_SERVER = lab.server;
}

describe.skipIf(!hasSoundDriver() || !hasPeers('pulseaudio', 'pacat', 'pactl'))('the driver miniaudio', () => {
  beforeAll(async () => {
    await startLab();
    driver = miniaudio.make('');
    expect(await driver.unavailable()).toBeNull();
  });

  afterAll(async () => {
    driver?.close();
    await lab?.stop();
  });

  const names = async (): Promise<string[]> => (await driver.devices()).map((device) => device.name);

  const median = (values: number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

  /** Plays a numbered frame for each one that comes back through the loudspeaker's monitor. */
  function startLoop(speaker: string, onLost: (detail: string) => void) {
    const sent = new Map<number, number>();
    const find = makeFinder();
    const frame = new Int16Array(frameSamples);
    let number = 0;
    let wanted = 0;
    let delays: number[] = [];
    let resolve: (delays: number[]) => void = () => {};
    const stream: AudioStream = driver.open({
      captureId: `${speaker}.monitor`,
      playbackId: speaker,
      onCaptured: () => {
        while (stream.read(frame)) {
          const now = performance.now();
          for (const found of find(frame)) delays.push(now - (sent.get(found) ?? Number.NaN));
          sent.set(++number, now);
          stream.write(markedFrame(number));
        }
        if (delays.length >= wanted) resolve(delays);
      },
      onLost,
    });
    /** Milliseconds from writing to reading of the next `count` frames that come back. */
    const next = (count: number): Promise<number[]> =>
      new Promise((done) => {
        delays = [];
        wanted = count;
        resolve = done;
      });
    return { stream, next };
  }

  const mustNotBeLost = (detail: string): void => {
    throw new Error(`lost: ${detail}`);
  };

  it('names the service and its devices, without the monitors', async () => {
    expect(driver.backend).toBe('PulseAudio');
    expect(await driver.devices()).toContainEqual({
      id: 'micA',
      name: 'Headset A Microphone',
      kind: 'CAPTURE',
      isDefault: true,
    });
    expect(await names()).toContain('Headset B Speaker');
    expect((await names()).filter((name) => name.startsWith('Monitor'))).toEqual([]);
  });

  it('plays and captures bit for bit, and its delay comes back after a stall of its thread', async () => {
    const { stream, next } = startLoop('earA', mustNotBeLost);
    await next(100);
    const before = median(await next(100));
    expect(before).toBeLessThan(150);

    // The stall itself is what is tested: this thread does nothing for 400 ms.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    // Of what waited, the first is played at once, and the last is as late as what follows.
    await next(30);
    // What other work on the machine holds up later adds to the delay, and is not the stall's.
    const after = Math.min(...(await next(50)));
    stream.close();
    expect(after).toBeLessThan(before + 50);
    expect(stream.stats().underruns).toBeGreaterThan(0);
  });

  it('tells of a device that is unplugged, and opens it again when it is back', async () => {
    const plug = () => lab.plugSpeaker('usb', 'USB Headset');
    await plug();
    expect(await names()).toContain('USB Headset');
    const lost = Promise.withResolvers<string>();
    const first = startLoop('usb', lost.resolve);
    await first.next(50);
    await lab.unplug('usb');
    await lost.promise;
    first.stream.close();
    expect(await names()).not.toContain('USB Headset');
    expect(() => startLoop('usb', mustNotBeLost)).toThrow('it is not there any more');

    await plug();
    const second = startLoop('usb', mustNotBeLost);
    expect(await second.next(50)).not.toContain(Number.NaN);
    second.stream.close();
    await lab.unplug('usb');
  });

  it('outlives a worker that ended with its devices open', async () => {
    for (let round = 0; round < 3; round++) {
      const worker = new Worker(new URL('./worker-with-devices.ts', import.meta.url));
      expect(await once(worker, 'message')).toEqual(['captured']);
      await worker.terminate();
    }
    const { stream, next } = startLoop('earA', mustNotBeLost);
    await next(50);
    stream.close();
  });

  it('outlives a worker that ended while the sound service owed it a listing', async () => {
    const worker = new Worker(new URL('./worker-that-lists.ts', import.meta.url));
    const messages: unknown[] = [];
    worker.on('message', (message) => messages.push(message));
    await once(worker, 'message');
    lab.freeze();
    worker.postMessage('list');
    await once(worker, 'message');
    const ended = worker.terminate();
    lab.thaw();
    await ended;
    expect(messages).toEqual(['ready', 'asked']);
    expect(await names()).toContain('Headset A Speaker');
  });

  it('opens nothing, and waits for nothing, while a listing is under way', async () => {
    lab.freeze();
    const listing = driver.devices();
    expect(() => startLoop('earA', mustNotBeLost)).toThrow('the sound service has not answered yet');
    expect(driver.devices()).toBe(listing);
    lab.thaw();
    expect(await listing).toContainEqual(expect.objectContaining({ id: 'earA' }));
  });

  it('has no device while the sound service is away, and opens them when it is back', async () => {
    const lost = Promise.withResolvers<string>();
    const first = startLoop('earA', lost.resolve);
    await first.next(50);
    await lab.stop();
    await lost.promise;
    first.stream.close();
    await until('the driver lists no device', async () => (await driver.devices()).length === 0);

    await startLab();
    await until('the driver lists the devices again', async () => (await names()).includes('Headset A Speaker'));
    const second = startLoop('earA', mustNotBeLost);
    await second.next(50);
    second.stream.close();
  });
});
