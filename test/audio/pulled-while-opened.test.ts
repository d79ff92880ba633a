/** Plugs that come and go while a device is being opened: at any point of that. Needs the addon. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Peer, startPeer } from '../peers/process.ts';
import { type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { hasPeers, hasSoundDriver } from '../peers/required.ts';
import { type Headset, type Plugs, startPlugs } from './headsets.ts';

const opens = 1500;

describe.skipIf(!hasSoundDriver() || !hasPeers('pulseaudio', 'pacat', 'pactl'))('devices that are pulled out', () => {
  let lab: SoundLab;
  let plugs: Plugs;
  let headset: Headset;
  let phone: Peer | undefined;

  beforeAll(async () => {
    lab = await startSoundLab();
    plugs = await startPlugs(lab);
    headset = await plugs.headset('Headset A', 1000);
  });
  afterAll(async () => {
    await phone?.stop();
    plugs?.stop();
    await lab?.stop();
  });

  test('while they are being opened do the phone no harm, and leave no connection', { timeout: 120_000 }, async () => {
    const program = join(import.meta.dirname, 'opens-again-and-again.ts');
    const ids = [headset.microphone.id, headset.speaker.id];
    const clients = async () => (await plugs.command('list-clients')).split('application.name = "Thinline"').length - 1;
    await headset.plug();
    phone = await startPeer(process.execPath, [program, ...ids, String(opens)], { env: { PULSE_SERVER: lab.server } });
    let ended = false;
    void phone.exited.then(() => {
      ended = true;
    });
    let most = 0;
    for (let i = 0; !ended; i++) {
      const half = i % 2 === 0 ? headset.microphone : headset.speaker;
      await half.unplug();
      await half.plug();
      most = Math.max(most, await clients());
    }
    expect({ ...(await phone.exited), output: phone.output }).toMatchObject({ code: 0, signal: null });
    const { opened, refused } = JSON.parse(phone.output) as { opened: number; refused: number };
    console.log(`opened ${opened} times, refused ${refused} times, ${most} connections at most`);
    expect(opened + refused).toBe(opens);
    expect(opened).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
    expect(most).toBeLessThan(10);
  });
});
