/** A sound service that stands still takes the sound of a call away, but not the call. Needs the addon and PulseAudio. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { hasPeers, hasSoundDriver } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type FarEnd, heardRate, startFarEnd } from '../tools/far-end.ts';
import { toneLevel } from '../tools/tone.ts';

let lab: SoundLab;
let far: FarEnd;
let phone: Phone;

describe.skipIf(!hasSoundDriver() || !hasPeers('pulseaudio', 'pacat', 'pactl'))('a sound service that hangs', () => {
  beforeEach(async () => {
    lab = await startSoundLab();
    far = await startFarEnd();
    far.answers();
    phone = await startPhone({
      lines: [{ user: '701', server: far.address, registerTimeout: 0 }],
      audio: 'miniaudio',
      env: { PULSE_SERVER: lab.server },
    });
    await phone.waitFor('the line is there', ({ phone }) => phone?.lines[0]?.state === 'STANDALONE');
  });
  afterEach(async () => {
    lab?.thaw();
    await phone?.stop();
    await far?.close();
    await lab?.stop();
  });

  const millisecondsHeard = (): number => (far.samples().length * 1000) / heardRate;
  /** Of 1 kHz, in the last second that the far end heard. */
  const lastHeard = (): number => toneLevel(far.samples().subarray(-heardRate), 1000, heardRate);
  const audioFailure = (): string | undefined => phone.state().phone?.audio?.failure?.code;

  test('packets go on while PulseAudio is stopped, and sound comes back both ways', async () => {
    await lab.playTone('mouthA', 1000, -10);
    await phone.does('dial', far.user);
    await phone.call('TALKING');
    await far.heard(2000);
    expect(lastHeard()).toBeGreaterThan(-16);

    far.longestWait();
    lab.freeze();
    await far.heard(millisecondsHeard() + 4000);
    const wait = far.longestWait();
    console.log(`PulseAudio stopped for 4 s: ${wait.toFixed(0)} ms without a packet at most`);
    expect(wait).toBeLessThan(500);
    expect(lastHeard()).toBeLessThan(-60);
    await phone.waitFor('a failure of the devices', () => audioFailure() === 'TL4001');

    lab.thaw();
    await phone.waitFor('working devices', () => audioFailure() === undefined);
    await far.heard(millisecondsHeard() + 2500);
    expect(lastHeard()).toBeGreaterThan(-16);
    expect(far.longestWait()).toBeLessThan(500);
  });

  test('a call can be made and ended while PulseAudio is stopped', async () => {
    await lab.playTone('mouthA', 1000, -10);
    lab.freeze();
    await phone.does('dial', far.user);
    await phone.call('TALKING');
    await far.heard(2000);
    await phone.does('hangup');
    await phone.noCalls();

    lab.thaw();
    await phone.does('dial', far.user);
    await phone.call('TALKING');
    await far.heard(3000);
    expect(lastHeard()).toBeGreaterThan(-16);
  });
});
