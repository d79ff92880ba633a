import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from './engine.ts';
import { headerBytes } from './rtp.ts';
import { callSettings, farAddress, Phone } from './testing/phone.ts';
import { tone } from './testing/sound.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let phone: Phone;
beforeEach(async () => {
  phone = new Phone();
  await phone.stream.update(callSettings());
});
afterEach(() => phone.stream.close());

it.each([100, 50])('at volume %i, the 10 ms path leaves nothing behind, and makes next to nothing', (volume) => {
  const engine = new Engine();
  engine.setVolumes({ microphone: volume, speaker: volume, microphoneMuted: false, speakerMuted: false });
  engine.add(phone.stream);
  const microphone = tone(1_000, -10, 48_000, 480);
  const echo = new Uint8Array(headerBytes + 160);
  let packets = 0;
  // What the stream sends comes back to it, without a copy that would count.
  phone.rtp.take = (packet) => {
    for (let i = 0; i < echo.length; i++) echo[i] = packet[i] ?? 0;
    packets++;
  };
  let taken = 0;
  const run = (ticks: number) => {
    for (let i = 0; i < ticks; i++) {
      phone.nowMs += 10;
      engine.tick(microphone, phone.nowMs);
      if (packets > taken) {
        taken = packets;
        phone.stream.receiveRtp(echo, farAddress, 4_000, phone.nowMs);
      }
    }
  };
  run(3_000);
  collect();
  const before = process.memoryUsage();
  run(10_000);
  const made = process.memoryUsage().heapUsed - before.heapUsed;
  collect();
  const after = process.memoryUsage();
  expect(phone.stream.quality().packetsReceived).toBe(6_500);
  expect(phone.stream.quality().concealedMs).toBe(0);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(256 * 1024);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024);
  // Numbers that V8 boxes, and the fake socket's views: less than 320 bytes a tick.
  expect(made).toBeLessThan(10_000 * 320);
});
