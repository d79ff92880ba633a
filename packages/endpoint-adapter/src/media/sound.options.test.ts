/** What each option of what is done to sound changes, from the file to what is heard and to the packets of a stream. */
import type { Settings } from '@thinline/shared/config/testing/configured.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openConfiguredPhone } from '../testing/configured-phone.ts';
import { codecs } from './codecs/registry.ts';
import { Control } from './control.ts';
import { Engine } from './engine.ts';
import type { ToWorker } from './messages.ts';
import type { PacketSocket } from './packet-socket.ts';
import { loadApm } from './processing/apm.ts';
import { loadRnnoise } from './processing/rnnoise.ts';
import { background, dialogue } from './processing/testing/activity.ts';
import { echoReduction, hearEcho, office, playIn, runThrough, speech, toInt16 } from './processing/testing/room.ts';
import { VoiceProcessing } from './processing/voice-processing.ts';
import type { ProcessingSettings, SoundSettings } from './stream-settings.ts';
import { callSettings, Phone } from './testing/phone.ts';
import { rmsDbfs } from './testing/sound.ts';

vi.mock('../sip/stack.ts', () => import('../testing/fake-stack.ts'));

/** What the media worker is told. */
async function settingsOf(settings: Settings): Promise<SoundSettings> {
  const { media } = await openConfiguredPhone(settings);
  if (!media.sound) throw new Error('it is told nothing');
  return media.sound;
}

let voice = new VoiceProcessing();
afterEach(() => voice.close());

/** What stands between devices and calls with these settings. */
async function processing(settings: Settings): Promise<VoiceProcessing> {
  voice.close();
  voice = new VoiceProcessing();
  const { take, processing: wanted } = openWorker();
  await take({ type: 'sound', settings: await settingsOf({ 'policy.session.agc_mode': '0', ...settings }) });
  const [last] = wanted.slice(-1);
  expect(last && (await voice.set(last))).toBeNull();
  return voice;
}

/** Neither package is needed to run the phone, but where this is decided they have to be. */
const missing = await Promise.all([loadApm(), loadRnnoise()]).then(
  () => null,
  (error: unknown) => String(error),
);
if (missing !== null) {
  if (process.env.CI === 'true') throw new Error(missing);
  console.warn(`NOT TESTED: echo control and noise suppression, as they aren't installed: ${missing}`);
}

/** Nobody speaks at the far end. */
const alone = (microphone: Int16Array) => ({
  far: new Int16Array(microphone.length),
  microphone,
  near: new Float32Array(),
});

describe.skipIf(missing !== null)('the microphone', () => {
  it('policy.session.echo_control: 1 takes the echo out of what the microphone hears', async () => {
    const sound = hearEcho(playIn(office, 2), { delayMs: 40, lossDb: 6 });
    const less = async (on: string): Promise<number> =>
      echoReduction(sound, runThrough(await processing({ 'policy.session.echo_control': on }), sound), 1, 2);
    expect(await less('1')).toBeGreaterThan(10);
    expect(Math.abs(await less('0'))).toBeLessThan(1);
  });

  it('policy.session.noise_suppression: 1 has less noise, 2 far less, 0 all of it', async () => {
    const sound = alone(toInt16(background('fan', 48_000 * 2, 15)));
    const less = async (strength: string): Promise<number> =>
      echoReduction(sound, runThrough(await processing({ 'policy.session.noise_suppression': strength }), sound), 1, 2);
    expect(Math.abs(await less('0'))).toBeLessThan(1);
    expect(await less('1')).toBeGreaterThan(8);
    expect(await less('2')).toBeGreaterThan(15);
  });

  it('policy.session.agc_mode: 1 makes somebody who speaks low louder', async () => {
    const sound = alone(toInt16(speech(2, -40)));
    const gain = async (on: string): Promise<number> =>
      -echoReduction(sound, runThrough(await processing({ 'policy.session.agc_mode': on }), sound), 1, 2);
    expect(await gain('1')).toBeGreaterThan(5);
    expect(Math.abs(await gain('0'))).toBeLessThan(1);
  });
});

it('policy.session.rx_agc_mode: 1 makes a far end that is low louder', async () => {
  const low = toInt16(speech(2, -40));
  const played = async (on: string): Promise<number> => {
    const it = await processing({ 'policy.session.rx_agc_mode': on });
    const out = low.slice();
    for (let at = 0; at < out.length; at += 480) it.render(out.subarray(at, at + 480));
    return rmsDbfs(out.subarray(48_000)) - rmsDbfs(low.subarray(48_000));
  };
  expect(await played('1')).toBeGreaterThan(3);
  expect(Math.abs(await played('0'))).toBeLessThan(1);
});

/** A worker's inside, with sockets that remember what their packets are marked with. */
function openWorker() {
  const engine = new Engine();
  const marks: number[] = [];
  const processing: ProcessingSettings[] = [];
  const streams = Promise.withResolvers<void>();
  const openSocket = async (_: string, port: number): Promise<PacketSocket> => ({
    on: () => {},
    send: () => {},
    address: () => ({ port, family: 'IPv4' }),
    mark: (dscp) => marks.push(dscp) > 0,
    close: () => {},
  });
  const control = new Control({
    engine,
    codecs,
    openSocket,
    log: silent,
    post: ({ type }) => (type === 'done' ? streams.resolve() : undefined),
    onProcessing: (settings) => void processing.push(settings),
    onDevices: () => {},
    onAlerts: () => {},
    onPreferences: () => {},
    onTest: () => {},
    tellsLevels: () => false,
    onBusy: () => {},
    onStop: () => {},
  });
  const take = async (...messages: ToWorker[]): Promise<void> => {
    for (const message of messages) control.take(message);
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  };
  return { engine, marks, processing, take, opened: streams.promise };
}

it('policy.endpoint.audio_qos: is what RTP and RTCP are marked with, in a call too', async () => {
  const { marks, take, opened } = openWorker();
  const local = { address: '127.0.0.1', portMin: 9_000, portMax: 9_001 };
  await take(
    { type: 'sound', settings: await settingsOf({ 'policy.endpoint.audio_qos': '46' }) },
    { type: 'createStream', request: 1, id: 'call', local },
  );
  await opened;
  expect(marks).toEqual([46, 46]);
  await take({ type: 'sound', settings: await settingsOf({ 'policy.endpoint.audio_qos': '0' }) });
  expect(marks).toEqual([46, 46, 0, 0]);
});

it('policy.session.dtmf_feedback: 0 sends digits unheard', async () => {
  const heard = async (feedback: string): Promise<number> => {
    const { engine, take } = openWorker();
    await take(
      { type: 'sound', settings: await settingsOf({ 'policy.session.dtmf_feedback': feedback }) },
      { type: 'play', tone: { digits: '5' } },
    );
    const nobody = new Int16Array(480);
    return Math.max(...Array.from({ length: 10 }, () => rmsDbfs(engine.tick(nobody, 0))));
  };
  expect(await heard('1')).toBeGreaterThan(-40);
  expect(await heard('0')).toBeLessThan(-80);
});

it('policy.endpoint.rtp_inactivity_timeout: sound counts as lost after so long without RTP', async () => {
  const lostAfter = async (seconds: string) => {
    const phone = new Phone(await settingsOf({ 'policy.endpoint.rtp_inactivity_timeout': seconds }));
    await phone.stream.update(callSettings());
    for (let second = 0; second <= 60; second++) {
      phone.stream.quality(second * 1_000);
      if (phone.troubles.length > 0) return second;
    }
    return null;
  };
  expect([await lostAfter('5'), await lostAfter('30'), await lostAfter('150')]).toEqual([5, 30, null]);
});

/** How many packets leave in so many seconds of that sound. */
async function packetsOf(settings: Settings, sound: Int16Array): Promise<number> {
  const phone = new Phone(await settingsOf(settings));
  await phone.stream.update(callSettings({ discontinuous: true }));
  for (let at = 0; at + 480 <= sound.length; at += 480) phone.tick(sound.subarray(at, at + 480));
  phone.stream.close();
  return phone.sent.length;
}

it('policy.session.dtx_mode: 1 sends next to nothing in silence', async () => {
  const silence = new Int16Array(48_000 * 2);
  expect(await packetsOf({ 'policy.session.dtx_mode': '0' }, silence)).toBe(100);
  expect(await packetsOf({ 'policy.session.dtx_mode': '1' }, silence)).toBeLessThan(60);
});

it('policy.session.vad_level: the higher, the sooner sound counts as silence', async () => {
  const spoken = dialogue().subarray(48_000, 3 * 48_000);
  const around = background('fan', spoken.length, 15);
  const sound = toInt16(spoken.map((it, i) => it + (around[i] ?? 0)));
  const packetsAt = (level: string): Promise<number> =>
    packetsOf({ 'policy.session.dtx_mode': '1', 'policy.session.vad_level': level }, sound);
  const packets = [await packetsAt('0'), await packetsAt('1'), await packetsAt('2'), await packetsAt('3')];
  expect(packets).toEqual([...new Set(packets)].sort((a, b) => b - a));
});
