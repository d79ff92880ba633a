/** A tenth of the RTP packets is lost on the way, PCMU: the agent hears the far end all the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWav } from '@thinline/endpoint-adapter/audio/wav.ts';
import { afterEach, expect, test } from 'vitest';
import { type Phone, startPhone } from '../phone.ts';
import { type FarEnd, heardRate, startFarEnd } from '../tools/far-end.ts';
import { type LossyRelay, startLossyRelay } from '../tools/lossy-relay.ts';
import { level, longestGap, median, toneLevels } from '../tools/tone.ts';

const rate = 48_000;
const hz = 1000;
const toneDbfs = -12;
const loss = 0.1;

/** A second of it is a whole number of waves. */
const tone = Int16Array.from(
  { length: heardRate },
  (_, i) => 32_767 * 10 ** (toneDbfs / 20) * Math.sin((2 * Math.PI * hz * i) / heardRate),
);

let folder: string;
let relay: LossyRelay | null = null;
let far: FarEnd;
let phone: Phone;
afterEach(async () => {
  await phone?.stop();
  await far?.close();
  await relay?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the tone goes on, without a gap that one would notice', async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-rtp-loss-'));
  const recording = join(folder, 'heard.wav');
  far = await startFarEnd({
    rtpVia: async ({ address, rtpPort, rtcpPort }) => {
      relay = await startLossyRelay({ server: { host: address, port: rtpPort }, seed: 1, impairment: { loss } });
      return { address, rtpPort: relay.port, rtcpPort };
    },
  });
  far.answers();
  far.say(tone);
  phone = await startPhone({
    lines: [{ user: '701', server: far.address, registerTimeout: 0 }],
    audio: `virtual:in=silence,out=file:${recording}`,
  });
  await phone.waitFor('the line is there', ({ phone }) => phone?.lines[0]?.state === 'STANDALONE');
  await phone.does('dial', far.user);
  await far.heard(10_000);
  const { lost, received } = relay?.toClient ?? { lost: 0, received: 0 };
  await phone.does('hangup');
  await phone.noCalls();
  await phone.stop();

  const all = loadWav(recording);
  const from = all.findIndex((sample) => Math.abs(sample) > 1000);
  // The first and the last half second are set-up and end.
  const heard = all.subarray(from + rate / 2, from + 9.5 * rate);
  const middle = median(toneLevels(heard, hz, rate, 100));
  const faint = toneDbfs - 12;
  const gap = longestGap(heard, hz, rate, faint);
  const pieces = toneLevels(heard, hz, rate, 5);
  const missing = pieces.filter((it) => it < faint).length / pieces.length;
  const share = `${(missing * 100).toFixed(1)} % missing`;
  console.log(`lost ${lost} of ${received}; ${middle.toFixed(1)} dBFS, longest gap ${gap} ms, ${share}`);
  expect(lost).toBeGreaterThan((received * loss) / 2);
  expect(heard.length).toBe(9 * rate);
  expect(level(heard)).toBeGreaterThan(toneDbfs - 3);
  expect(Math.abs(middle - toneDbfs)).toBeLessThanOrEqual(3);
  // Generous: a busy machine adds gaps of its own.
  expect(gap).toBeLessThan(250);
  // Without concealment it would be as much as was lost.
  expect(missing).toBeLessThan(loss / 2);
});
