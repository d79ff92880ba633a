/** A call on a real remote desktop, and all that can happen to its channel meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPlugin } from '../../scripts/build-plugins.mjs';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { seeded } from '../tools/lossy-relay.ts';
import { desktopMissing } from './desktop.ts';
import {
  adapterKilled,
  answersStuck,
  appKilled,
  channelCut,
  channelStuck,
  clientFrozen,
  clientKilled,
  type Fault,
  garbageInjected,
  sessionTaken,
} from './faults.ts';
import { type Rig, withRig } from './rig.ts';

/** ms; 2 s are promised, and this machine has other things to do. */
const longestUnseen = 3000;
/** ms; 1 s is promised. */
const longestReturn = 5000;
/**
 * ms. What the fault itself takes from the far end is counted in packets that never come, and is nothing; but adapter, far
 * end, desktop and client share the processors here with whatever else runs, and any of them can be late.
 */
const longestGap = 250;
const digits = '0123456789*#ABCD';
const seed = 6;
const randomFaults = Number(process.env.THINLINE_VDI_FAULTS ?? 6);

const missing = !hasPeers('xrdp', 'xfreerdp', 'Xvfb') || desktopMissing() !== null;

/** Sends a digit each, and keeps count of what the phone said. */
class Digits {
  #rig: Rig;
  #place = 0;
  #heardBefore: number;
  #outcomes: Promise<{ digit: string; isDone: boolean }>[] = [];

  constructor(rig: Rig) {
    this.#rig = rig;
    this.#heardBefore = rig.ear.digits.length;
  }

  send(): void {
    const digit = digits[this.#place++] ?? '';
    const answer = this.#rig.phone.command({ sendDtmf: { callId: '', digits: digit } });
    this.#outcomes.push(
      answer.then(
        (failure) => ({ digit, isDone: failure === null }),
        // The app layer was killed: nobody can tell.
        () => ({ digit, isDone: false }),
      ),
    );
  }

  /** What was told done was done once, and nothing twice. */
  async expectOnce(): Promise<string> {
    const outcomes = await Promise.all(this.#outcomes);
    const heard = (): string => this.#rig.ear.digits.slice(this.#heardBefore);
    const times = (digit: string): number => heard().split(digit).length - 1;
    const done = outcomes.filter(({ isDone }) => isDone);
    await until('the far end heard every digit', () => done.every(({ digit }) => times(digit) > 0));
    for (const { digit } of outcomes) expect(times(digit), `digit ${digit} of ${heard()}`).toBeLessThanOrEqual(1);
    return `${done.length} of ${outcomes.length} commands done`;
  }
}

const callsOf = ({ phone }: Rig) =>
  phone.state().phone?.calls.map(({ id, state, connectedAtMs }) => ({ id, state, connectedAtMs }));

async function talk({ phone, ear, far }: Rig): Promise<void> {
  await phone.does('dial', far.user);
  await phone.call('TALKING');
  await ear.hear(1000);
}

/** Lets it happen during a call, with commands before, meanwhile and after; the figures as a sentence. */
async function endure(rig: Rig, fault: Fault): Promise<string> {
  const { phone, ear } = rig;
  const before = callsOf(rig);
  const commands = new Digits(rig);
  ear.heard();
  const changes = phone.changes.length;
  commands.send();
  const brokenAt = await fault.strike(rig);
  if (fault.seen !== 'no panel') commands.send();
  await pause(fault.lasts ?? 0);
  const mendsAt = performance.now();
  await fault.mend(rig);
  const mendedAt = performance.now();
  const seen = (): number => phone.changes.findIndex(({ state }, i) => i >= changes && state === 'lost');
  if (fault.seen === 'lost') await until('the link is seen to be lost', () => seen() >= 0, longestReturn);
  await phone.waitFor('the link is up again', ({ link }) => link.state === 'up', longestReturn);
  const [lost, up] = [phone.changes[seen()], phone.changes.at(-1)];
  const words = [fault.name];
  if (lost) {
    words.push(`seen after ${Math.max(0, lost.at - brokenAt).toFixed(0)} ms`);
    expect(lost.at - brokenAt).toBeLessThan(longestUnseen);
  }
  if (up && lost) words.push(`up ${(up.at - Math.max(mendedAt, lost.at)).toFixed(0)} ms after there was a way again`);
  if (up && fault.seen === 'no panel') words.push(`up ${(up.at - mendsAt).toFixed(0)} ms after its start`);
  if (fault.endsCalls) {
    await phone.waitFor('no calls', (it) => it.phone?.calls.length === 0);
    await phone.waitFor('the line is back', (it) => it.phone?.lines[0]?.state === 'STANDALONE');
    return words.join(', ');
  }
  commands.send();
  words.push(await commands.expectOnce());
  await ear.hear(500);
  expect(callsOf(rig)).toEqual(before);
  const { soundMs, lostMs, silentMs, longestWaitMs, ownDelayMs } = ear.heard();
  words.push(
    `${(soundMs / 1000).toFixed(1)} s of sound, ${lostMs} ms lost, ${silentMs} ms silent, longest wait ${longestWaitMs.toFixed(0)} ms (our own ${ownDelayMs.toFixed(0)})`,
  );
  expect(lostMs).toBe(0);
  expect(silentMs).toBeLessThan(longestGap);
  expect(longestWaitMs - ownDelayMs).toBeLessThan(longestGap);
  return words.join(', ');
}

/** Event by event or in a snapshot, all of it has arrived: what a new app layer is told is what this one shows. */
async function expectWhole({ phone }: Rig): Promise<void> {
  const told = () => {
    const { lines, calls, audio, notices } = phone.state().phone ?? {};
    return { lines, calls, audio, notices };
  };
  const shown = told();
  await phone.kill();
  await phone.start();
  await phone.waitFor('the link is up', ({ link }) => link.state === 'up');
  expect(told()).toEqual(shown);
}

describe.skipIf(missing)('during a call', () => {
  let addIn: string;
  beforeAll(() => {
    addIn = buildPlugin('freerdp2');
  });

  test.each(['dynamic', 'static'] as const)(
    'over a %s channel',
    (channel) =>
      withRig(addIn, channel, async (rig) => {
        await talk(rig);
        const faults = [
          clientKilled,
          sessionTaken,
          appKilled,
          garbageInjected,
          channelCut,
          answersStuck(2000),
          clientFrozen(10_000),
        ];
        for (const fault of faults) console.log(`${channel}: ${await endure(rig, fault)}`);
        await expectWhole(rig);

        // What ends meanwhile is told once, when somebody is there to be told.
        const [call] = callsOf(rig) ?? [];
        await rig.client.kill();
        await rig.phone.waitFor('the link is lost', ({ link }) => link.state === 'lost');
        rig.far.hangUp();
        rig.client = await rig.connect();
        await rig.phone.waitFor('no calls', (it) => it.link.state === 'up' && it.phone?.calls.length === 0);
        expect(rig.phone.released.map(({ id }) => id)).toEqual([call?.id]);
        expect(rig.phone.state().released.map(({ id }) => id)).toEqual([call?.id]);

        await talk(rig);
        console.log(`${channel}: ${await endure(rig, adapterKilled)}`);
        await talk(rig);
        await rig.phone.does('hangup');
        await rig.phone.waitFor('no calls', (it) => it.phone?.calls.length === 0);
      }),
    180_000,
  );

  test(
    `${randomFaults} faults in a row leave it healthy`,
    () =>
      withRig(addIn, 'both', async (rig) => {
        const random = seeded(seed);
        const faults = [
          clientKilled,
          sessionTaken,
          appKilled,
          garbageInjected,
          channelCut,
          channelStuck(500),
          channelStuck(2500),
          answersStuck(2000),
          clientFrozen(2500),
        ];
        await talk(rig);
        for (let n = 1; n <= randomFaults; n++) {
          const fault = faults[Math.floor(random() * faults.length)] ?? channelCut;
          console.log(`${n}: ${await endure(rig, fault)}`);
        }
        await expectWhole(rig);
        await rig.phone.does('hangup');
        await rig.phone.waitFor('no calls', (it) => it.phone?.calls.length === 0);
      }),
    30_000 + randomFaults * 15_000,
  );
});
