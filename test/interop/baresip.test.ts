/** Our phone and baresip, two real phones at a real server, with sound through real (virtual) devices. */

import { afterEach, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { labRate, type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { hasPeers, hasSoundDriver } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { longestGap, median, toneLevels } from '../tools/tone.ts';

const users = [
  { user: '701', password: 'seven-zero-one' },
  { user: '702', password: 'seven-zero-two' },
] as const;

const toneDbfs = -12;
/** The bound on a change of level from one phone's microphone to the other's loudspeaker, dB. */
const tolerance = 3;
const heardSeconds = 5;
/** Of the sound that must be there. A busy machine without a sound card has hiccups of its own; `npm run bench` counts gaps. */
const leastShare = 0.8;

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

interface Rig {
  sound: SoundLab;
  server: Kamailio;
  phone: Phone;
  baresip: Baresip;
}

async function startRig(codec: 'pcmu' | 'opus', transport: 'udp' | 'tcp'): Promise<Rig> {
  const sound = await keep(startSoundLab());
  const server = await keep(startKamailio({ users }));
  const address = `${server.host}:${transport === 'tcp' ? server.tcpPort : server.udpPort}`;
  const phone = await keep(
    startPhone({
      lines: [{ ...users[0], server: address, transport }],
      audio: 'miniaudio',
      env: { PULSE_SERVER: sound.server },
    }),
  );
  const baresip = await keep(
    startBaresip({
      ...users[1],
      server: address,
      transport,
      codecs: [codec],
      audio: { server: sound.server, source: 'micB', player: 'earB' },
    }),
  );
  await Promise.all([phone.registered(), baresip.registered()]);
  return { sound, server, phone, baresip };
}

/** A 1 kHz tone into one microphone, as it is heard at the other phone's loudspeaker. */
async function measure(sound: SoundLab, from: 'A' | 'B', to: 'A' | 'B') {
  const tone = await sound.playTone(`mouth${from}`, 1000, toneDbfs);
  const ear = `ear${to}.monitor`;
  await sound.waitForTone(ear, 1000, toneDbfs - tolerance);
  const heard = await sound.record(ear, heardSeconds);
  await tone.stop();
  // By windows: where a phone has to stretch or drop a little, the tone's phase jumps, but it is no quieter.
  const levels = toneLevels(heard, 1000, labRate, 50);
  const faint = toneDbfs - 12;
  return {
    level: median(levels),
    share: levels.filter((it) => it > faint).length / levels.length,
    gap: longestGap(heard, 1000, labRate, faint),
  };
}

async function expectSoundBothWays(sound: SoundLab): Promise<void> {
  const ways = { to: await measure(sound, 'A', 'B'), from: await measure(sound, 'B', 'A') };
  for (const [way, { level, share, gap }] of Object.entries(ways)) {
    console.log(`${way} baresip: ${level.toFixed(1)} dBFS, ${(share * 100).toFixed(0)} % there, longest gap ${gap} ms`);
    expect(Math.abs(level - toneDbfs)).toBeLessThanOrEqual(tolerance);
    expect(share).toBeGreaterThanOrEqual(leastShare);
  }
}

describe.skipIf(!hasSoundDriver() || !hasPeers('kamailio', 'baresip', 'pulseaudio', 'pacat'))(
  'our phone and baresip',
  () => {
    test.each([
      { codec: 'pcmu', name: 'PCMU', transport: 'udp' },
      { codec: 'opus', name: 'opus', transport: 'tcp' },
    ] as const)(
      'we call baresip: $name, SIP over $transport',
      async ({ codec, name, transport }) => {
        const { sound, phone, baresip } = await startRig(codec, transport);
        await phone.does('dial', '702');
        await baresip.waitForEvent('CALL_INCOMING');
        await phone.call('RINGING');
        await baresip.accept();
        expect((await phone.call('TALKING')).codec).toBe(name);

        await expectSoundBothWays(sound);

        await phone.does('dtmf', '5');
        expect((await baresip.waitForEvent('CALL_DTMF_START')).param).toBe('5');
        await phone.does('hangup');
        await baresip.waitForEvent('CALL_CLOSED');
        await phone.noCalls();
      },
      120_000,
    );

    test.each([
      { codec: 'opus', name: 'opus', transport: 'udp' },
      { codec: 'pcmu', name: 'PCMU', transport: 'tcp' },
    ] as const)(
      'baresip calls us: $name, SIP over $transport',
      async ({ codec, name, transport }) => {
        const { sound, server, phone, baresip } = await startRig(codec, transport);
        await baresip.dial(`sip:701@${server.host}:${server.udpPort};transport=${transport}`);
        expect((await phone.call('ALERTING')).remote?.number).toBe('702');
        await phone.does('answer');
        expect((await phone.call('TALKING')).codec).toBe(name);

        await expectSoundBothWays(sound);

        await baresip.hold();
        await phone.call('REMOTE_HELD');
        await baresip.resume();
        await phone.call('TALKING');
        await phone.does('hold');
        await phone.call('HELD');
        await phone.does('resume');
        await phone.call('TALKING');

        await baresip.hangup();
        await phone.noCalls();
      },
      120_000,
    );

    test.each(['MD5', 'SHA-256'] as const)('registers at Kamailio with a password, %s', async (algorithm) => {
      const server = await keep(startKamailio({ users, algorithm }));
      const phone = await keep(startPhone({ lines: [{ ...users[0], server: `${server.host}:${server.udpPort}` }] }));
      await phone.registered();
      expect(await server.registered('701')).toBe(1);
      await phone.does('unregister');
      await server.waitForContacts('701', 0);
      await phone.does('register');
      await phone.registered();
    });
  },
);
