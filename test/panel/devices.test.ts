/** Devices and the self-test, as an agent uses them: by mouse and by keyboard. */
import type { Audio } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { makeQuality } from './fake-replica.ts';
import { lookAt, patience } from './look.ts';
import { presses } from './person.ts';
import { type Stage, setStage } from './stage.ts';

let browser: Browser;
let stage: Stage;
let nowMs: number;

/** Time stands still on the page, so that no step ends before its turn on a machine that is slow. */
const setTime = () => stage.page.clock.setFixedTime(nowMs);
const pass = (ms: number) => {
  nowMs += ms;
  return setTime();
};
const button = (name: string) => stage.page.getByRole('button', { name, exact: true });
const part = (name: string) => stage.page.getByRole('region', { name, exact: true });
const last = () => stage.replica.executed.at(-1);
const changeAudio = (said: Partial<Audio>) =>
  stage.replica.change(({ audio }) => {
    Object.assign(audio ?? {}, said);
  });
const devices: Audio['devices'] = [
  { id: 'm1', name: 'USB headset microphone', kind: 'CAPTURE', isDefault: true },
  { id: 'm2', name: 'Webcam', kind: 'CAPTURE', isDefault: false },
  { id: 's1', name: 'USB headset', kind: 'PLAYBACK', isDefault: true },
  { id: 's2', name: 'Monitor', kind: 'PLAYBACK', isDefault: false },
];

describe.skipIf(!hasPeers('chromium'))('devices', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    stage = await setStage(browser);
    nowMs = Date.now();
    await setTime();
    changeAudio({
      devices,
      captureId: 'm1',
      playbackId: 's1',
      ringerId: 's1',
      microphoneVolume: 80,
      speakerVolume: 60,
      microphoneMuted: false,
      speakerMuted: false,
    });
    stage.desk.say({ echoTarget: '600' });
    await stage.page.getByRole('tab', { name: 'Devices' }).click();
    await part('Devices').waitFor();
  });
  afterEach(async () => {
    const { complaints } = stage;
    await stage.close();
    expect(complaints).toEqual([]);
  });

  describe.each(presses)('by %s', (_way, press) => {
    test('each device is muted and tried out', async () => {
      const { page } = stage;
      await press(page.getByRole('switch', { name: 'Mute the microphone' }));
      await expect.poll(last).toEqual({ setVolume: { microphoneMuted: true } });
      await page.getByRole('switch', { name: 'Mute the microphone', checked: true }).waitFor();
      await press(page.getByRole('switch', { name: 'Mute the loudspeaker' }));
      await expect.poll(last).toEqual({ setVolume: { speakerMuted: true } });

      for (const [name, kind, said] of [
        ['Test the microphone', 'MICROPHONE', 'Say something: the level should move.'],
        ['Play a tone', 'TONE', 'You should hear a tone.'],
        ['Ring', 'RINGER', 'It should ring.'],
      ] as const) {
        await press(button(name));
        await expect.poll(last).toEqual({ testSound: { kind } });
        await page.getByText(said, { exact: true }).waitFor();
        await press(button('Stop'));
        await expect.poll(last).toEqual({ testSound: { kind: 'NONE' } });
        await button(name).waitFor();
      }
    });

    test('the self-test finds a phone that is well, and leaves it as it was', async () => {
      const { page, replica } = stage;
      await press(button('Start the test'));
      await page.getByText('Say something, please.').waitFor();
      await expect.poll(last).toEqual({ testSound: { kind: 'MICROPHONE' } });
      await speakUntil(page.getByText('A tone is playing. Do you hear it?'));
      await press(button('Yes, I hear it'));
      await page.getByText('Calling 600. Speak, and listen to yourself.').waitFor();
      await expect.poll(() => replica.phone.calls.length).toBe(1);
      replica.change(({ calls, qualities }) => {
        for (const call of calls) {
          call.state = 'TALKING';
          const rating = { mosListening: 4.4, mosConversational: 4.3 };
          qualities.push(makeQuality(call.id, { packetsLost: 0, jitterMs: 3, roundTripMs: 20, rating }));
        }
      });
      await page.getByText('Talking', { exact: true }).first().waitFor();
      await pass(8_000);
      await page.getByText('Looking at line and link.').or(page.getByText('Everything is in order.')).waitFor();
      await pass(1_000);
      await page.getByText('Everything is in order.').waitFor();
      await page.getByText('A call would sound good.').waitFor();
      await page.getByText('loss 0.0% · jitter 3 ms · round trip 20 ms · MOS 4.3').waitFor();
      expect(replica.phone.calls).toEqual([]);
      expect(replica.executed.map((body) => body.testSound?.kind ?? Object.keys(body)[0])).toEqual([
        'MICROPHONE',
        'NONE',
        'TONE',
        'NONE',
        'dial',
        'hangUp',
      ]);
      await button('Test again').and(page.locator(':focus')).waitFor();
    });

    test('the self-test is cancelled at once', async () => {
      await press(button('Start the test'));
      await press(button('Cancel the test'));
      await stage.page.getByText('The test was cancelled.').waitFor();
      await expect.poll(last).toEqual({ testSound: { kind: 'NONE' } });
    });
  });

  /** Levels as the phone sends them while somebody speaks. */
  async function speakUntil(sign: Locator): Promise<void> {
    const timer = setInterval(() => stage.replica.emit('levels', { microphoneDbfs: -25, speakerDbfs: -127 }), 110);
    try {
      await sign.waitFor();
    } finally {
      clearInterval(timer);
    }
  }

  test('devices are chosen, and what is in use, chosen or gone is said', async () => {
    const { page } = stage;
    const microphone = page.getByLabel('Microphone', { exact: true }).and(page.locator('select'));
    await part('Microphone').getByText('In use: USB headset microphone').waitFor();
    await microphone.selectOption('Webcam');
    await expect.poll(last).toEqual({ selectDevices: { captureId: 'm2' } });
    await part('Microphone').getByText('You chose Webcam, but USB headset microphone is in use.').waitFor();
    changeAudio({ captureId: 'm2' });
    await part('Microphone').getByText('In use, as you chose').waitFor();
    changeAudio({ captureId: 'm1', devices: devices.filter(({ id }) => id !== 'm2') });
    await part('Microphone')
      .getByText('What you chose is not connected. USB headset microphone is used until it is back.')
      .waitFor();
    expect(await microphone.inputValue()).toBe('m2');
    await microphone.selectOption('Automatic');
    await expect.poll(last).toEqual({ selectDevices: { captureId: '' } });
    const speaker = page.getByLabel('Loudspeaker', { exact: true }).and(page.locator('select'));
    await speaker.focus();
    await page.keyboard.type('Mon');
    await expect.poll(last).toEqual({ selectDevices: { playbackId: 's2' } });
    await page.getByLabel('Ringer', { exact: true }).and(page.locator('select')).selectOption('Monitor');
    await expect.poll(last).toEqual({ selectDevices: { ringerId: 's2' } });
  });

  test('a volume follows the slider, and the slider what the phone tells', async () => {
    const slider = stage.page.getByRole('slider', { name: 'Microphone volume' });
    expect(await slider.inputValue()).toBe('80');
    await slider.focus();
    await stage.page.keyboard.press('ArrowLeft');
    await expect.poll(last).toEqual({ setVolume: { microphone: 75 } });
    await stage.page.keyboard.press('Home');
    await expect.poll(last).toEqual({ setVolume: { microphone: 0 } });
    changeAudio({ microphoneVolume: 35 });
    await expect.poll(() => slider.inputValue()).toBe('35');
    const loud = stage.page.getByRole('slider', { name: 'Loudspeaker volume' });
    const box = await loud.boundingBox();
    if (!box) throw new Error('the slider is not on the page');
    await loud.click({ position: { x: box.width - 4, y: box.height / 2 } });
    await expect.poll(last).toEqual({ setVolume: { speaker: 100 } });
  });

  test('meters follow the levels', async () => {
    const read = (level: string) =>
      stage.page.locator(`meter[aria-label="Microphone level"][aria-valuetext="${level}"]`).waitFor();
    await read('silent');
    stage.replica.emit('levels', { microphoneDbfs: -30, speakerDbfs: -60 });
    await read('-30 dB');
    await read('silent');
  });

  test('nothing that is missing is left unsaid', async () => {
    changeAudio({ devices: [], captureId: '', playbackId: '', ringerId: '', failure: failure('noDevice', {}) });
    for (const words of [
      'No microphone is connected: others cannot hear you.',
      'No loudspeaker is connected: you cannot hear others.',
      'Nothing is connected that could ring.',
    ]) {
      await stage.page.getByText(words).waitFor();
    }
    expect(await button('Play a tone').isDisabled()).toBe(true);
    await button('Start the test').click();
    await stage.page.getByText('No microphone is connected.', { exact: true }).waitFor();
    await stage.page.getByText('No loudspeaker is connected.', { exact: true }).waitFor();
  });

  test('a call that comes ends the self-test, and none is begun while there is one', async () => {
    const { page, replica } = stage;
    await button('Start the test').click();
    await page.getByText('Say something, please.').waitFor();
    const call = replica.ring();
    await page.getByText('A call came, so the test was ended.').waitFor();
    await expect.poll(last).toEqual({ testSound: { kind: 'NONE' } });
    await page.getByText('There is a call. You can test when it is over.').waitFor();
    await button('Test again').click({ force: true });
    expect(last()).toEqual({ testSound: { kind: 'NONE' } });
    replica.release(call);
    await page.getByText('There is a call. You can test when it is over.').waitFor({ state: 'detached' });
    await button('Test again').click();
    await page.getByText('Say something, please.').waitFor();
  });

  test('the self-test ends when another page of the panel is opened, and leaves no call behind', async () => {
    const { page, replica } = stage;
    await button('Start the test').click();
    await speakUntil(page.getByText('A tone is playing. Do you hear it?'));
    await button('No').click();
    await expect.poll(() => replica.phone.calls.length).toBe(1);
    await page.getByRole('tab', { name: 'Status' }).click();
    await expect.poll(() => replica.phone.calls.length).toBe(0);
    await page.getByRole('tab', { name: 'Devices' }).click();
    await page.getByText('The test was cancelled.').waitFor();
    await page.getByText('You do not hear the loudspeaker.').waitFor();
  });

  test(
    'look right: well, with what is missing, while tested, and after that',
    async () => {
      const { page } = stage;
      await lookAt(page, 'devices-well');
      changeAudio({ chosenCaptureId: 'gone', chosenPlaybackId: 's2', speakerMuted: true, test: 'TONE' });
      await part('Microphone').getByText('What you chose is not connected.').waitFor();
      await lookAt(page, 'devices-gone');
      changeAudio({ test: 'NONE', captureId: '' });
      stage.desk.say({ echoTarget: '' });
      await button('Start the test').click();
      await page.getByText('Looking at line and link.').waitFor();
      await pass(1_000);
      await page.getByText('2 things need attention.').waitFor();
      await lookAt(page, 'self-test-over');
      changeAudio({ captureId: 'm1', speakerMuted: false });
      await button('Test again').click();
      await speakUntil(page.getByText('A tone is playing. Do you hear it?'));
      await lookAt(page, 'self-test-running');
    },
    patience,
  );
});
