/** Two phones' sound on this machine, over loopback, with the virtual driver: what one says the other hears. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWav } from '../audio/wav.ts';
import { Media, type MediaEvents } from './media.ts';
import { type LocalAddress, plainRtp, type StreamSettings } from './stream-settings.ts';
import { toneDbfs } from './testing/sound.ts';

const anyPort = { address: '127.0.0.1', portMin: 0, portMax: 0 };
const payloadTypes: Record<string, number> = { PCMU: 0, PCMA: 8, opus: 120 };

function settings(codec: string, remote: LocalAddress, change: Partial<StreamSettings> = {}): StreamSettings {
  const payloadType = payloadTypes[codec] ?? 0;
  return {
    remoteAddress: remote.address,
    remotePort: remote.rtpPort,
    remoteRtcpPort: remote.rtcpPort,
    direction: 'sendrecv',
    codec: { name: codec, sendPayloadType: payloadType, receivePayloadType: payloadType, fmtp: '' },
    telephoneEventSend: 101,
    telephoneEventReceive: 101,
    ptime: 20,
    ...plainRtp,
    muted: false,
    connected: true,
    conference: false,
    ...change,
  };
}

/** Settles with the first event for which `wanted` holds. */
function next<Name extends keyof MediaEvents>(
  media: Media,
  name: Name,
  wanted: (...facts: MediaEvents[Name]) => boolean,
): Promise<MediaEvents[Name]> {
  return new Promise((done) => {
    const listen = (...facts: MediaEvents[Name]) => {
      if (!wanted(...facts)) return;
      media.removeListener(name, listen as never);
      done(facts);
    };
    media.on(name, listen as never);
  });
}

/** A busy machine may interrupt the sound, but not change its level. */
function loudestHalfSecond(sound: Int16Array): number {
  let best = -127;
  for (let at = 0; at + 24_000 <= sound.length; at += 12_000) {
    best = Math.max(best, toneDbfs(sound.subarray(at, at + 24_000), 1_000, 48_000));
  }
  return best;
}

let folder: string;
let anna: Media;
let ben: Media;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-media-'));
  anna = new Media({ log: silent, audio: `virtual:in=tone:1000:-20,out=file:${join(folder, 'anna.wav')}` });
  ben = new Media({ log: silent, audio: `virtual:in=tone:1000:-20,out=file:${join(folder, 'ben.wav')}` });
  await Promise.all([anna.start(), ben.start()]);
});

afterEach(async () => {
  await Promise.all([anna.stop(), ben.stop()]);
  rmSync(folder, { recursive: true });
});

async function connect(codec: string): Promise<void> {
  const [a, b] = await Promise.all([anna.createStream('a', anyPort), ben.createStream('b', anyPort)]);
  anna.updateStream('a', settings(codec, b));
  ben.updateStream('b', settings(codec, a));
}

describe.each(['PCMU', 'PCMA', 'opus'])('%s', (codec) => {
  it('carries a 1 kHz tone both ways at its level', async () => {
    await connect(codec);
    const qualities = await Promise.all([
      next(anna, 'quality', (it) => it.packetsReceived > 100),
      next(ben, 'quality', (it) => it.packetsReceived > 100),
    ]);
    for (const [quality] of qualities) {
      expect(quality.packetsLost).toBe(0);
      expect(quality.bufferMs).toBeLessThan(500);
    }
    await Promise.all([anna.stop(), ben.stop()]);
    for (const name of ['anna', 'ben']) {
      const heard = loadWav(join(folder, `${name}.wav`));
      expect(Math.abs(loudestHalfSecond(heard) + 20)).toBeLessThan(1);
    }
  });
});

it('carries every digit, once and in order', async () => {
  await connect('PCMU');
  await next(ben, 'quality', (it) => it.packetsReceived > 10);
  let heard = '';
  ben.on('dtmf', (_, digit) => {
    heard += digit;
  });
  const last = next(ben, 'dtmf', () => heard.endsWith('D'));
  await anna.sendDtmf('a', '1234567890*#ABCD');
  await last;
  expect(heard).toBe('1234567890*#ABCD');
}, 20_000);

it('settles what is pending when it stops', async () => {
  await connect('PCMU');
  const sending = anna.sendDtmf('a', '123456789');
  await anna.stop();
  await sending;
  await expect(anna.createStream('c', anyPort)).rejects.toMatchObject({ failure: { code: 'TL4004' } });
});

it('has no port where there is none', async () => {
  const local = await anna.createStream('a', anyPort);
  const range = { address: '127.0.0.1', portMin: local.rtpPort, portMax: local.rtcpPort };
  await expect(ben.createStream('b', range)).rejects.toMatchObject({ failure: { code: 'TL4003' } });
});

it('refuses digits that are none, and those that would go with sound that is not sent', async () => {
  const local = await anna.createStream('a', anyPort);
  await expect(anna.sendDtmf('a', '12x')).rejects.toMatchObject({ failure: { code: 'TL3014' } });
  anna.updateStream('a', settings('PCMU', local, { direction: 'inactive' }));
  await expect(anna.sendDtmf('a', '12')).rejects.toMatchObject({ failure: { code: 'TL4005' } });
});

it('does not start with a driver that is none', async () => {
  const media = new Media({ log: silent, audio: 'gramophone' });
  let failed = false;
  media.on('failed', () => {
    failed = true;
  });
  await expect(media.start()).rejects.toMatchObject({ failure: { code: 'TL4004' } });
  await expect(media.createStream('a', anyPort)).rejects.toMatchObject({ failure: { code: 'TL4004' } });
  expect(failed).toBe(false);
});

it('tells of levels while a stream is connected', async () => {
  await connect('PCMU');
  const [levels] = await next(ben, 'levels', (it) => it.speakerDbfs > -60);
  expect(Math.abs(levels.microphoneDbfs + 20)).toBeLessThan(1);
});

it('rejects what is pending, and says so, when the worker dies', async () => {
  let worker: Worker | undefined;
  process.once('worker', (created) => {
    worker = created;
  });
  const media = new Media({ log: silent, audio: 'virtual' });
  await media.start();
  const failed = next(media, 'failed', () => true);
  const pending = media.createStream('a', anyPort);
  await Promise.all([
    worker?.terminate(),
    expect(pending).rejects.toMatchObject({ failure: { code: 'TL4004' } }),
    failed,
  ]);
  // It can be started anew.
  await media.start();
  expect((await media.createStream('a', anyPort)).rtpPort % 2).toBe(0);
  await media.stop();
});

it('tells how loud a microphone is that is tried out, without a call', async () => {
  anna.test('MICROPHONE');
  const [[levels]] = await Promise.all([
    next(anna, 'levels', ({ microphoneDbfs }) => microphoneDbfs > -21),
    next(anna, 'audio', (audio) => audio.test === 'MICROPHONE'),
  ]);
  expect(Math.abs(levels.microphoneDbfs + 20)).toBeLessThan(1);
  anna.test('NONE');
  await next(anna, 'audio', (audio) => audio.test === 'NONE');
});
