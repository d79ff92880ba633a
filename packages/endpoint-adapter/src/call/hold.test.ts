import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../sip/session/session.ts';
import { Hold, HoldRefused } from './hold.ts';

const ok: Outcome = { ok: true, status: 200, reason: 'OK' };
const refused: Outcome = { ok: false, status: 488, reason: 'Not Acceptable Here' };

let up: boolean;
/** What the far end was asked, and how to answer it. */
let asked: { held: boolean; answer: (outcome: Outcome) => void }[];
let hold: Hold;

beforeEach(() => {
  up = true;
  asked = [];
  hold = new Hold(false, {
    isUp: () => up,
    renegotiate: (held) => new Promise((answer) => asked.push({ held, answer })),
    wishChanged: () => {},
  });
});

const questions = () => asked.map(({ held }) => held);

describe('wishes that change while the far end is asked', () => {
  it('the last one stays, and is asked for after the first', async () => {
    const wishes = [hold.set(true), hold.set(false)];
    expect([hold.wanted, hold.agreed]).toEqual([false, false]);
    asked[0]?.answer(ok);
    await Promise.resolve();
    await Promise.resolve();
    asked[1]?.answer(ok);
    await Promise.all(wishes);
    expect(questions()).toEqual([true, false]);
    expect([hold.wanted, hold.agreed]).toEqual([false, false]);
  });

  it('what lies between is left out, however much it is', async () => {
    const wishes = Array.from({ length: 101 }, (_, i) => hold.set(i % 2 === 0));
    asked[0]?.answer(ok);
    await Promise.all(wishes);
    expect(questions()).toEqual([true]);
    expect(hold.agreed).toBe(true);
  });

  it('one that was refused is no failure where it is not wanted any more', async () => {
    const wishes = [hold.set(true), hold.set(false)];
    asked[0]?.answer(refused);
    await Promise.all(wishes);
    expect(questions()).toEqual([true]);
  });
});

it('refused: all is as it was, and it may be tried again', async () => {
  const first = hold.set(true);
  asked[0]?.answer(refused);
  await expect(first).rejects.toEqual(new HoldRefused(refused));
  expect([hold.wanted, hold.agreed]).toEqual([false, false]);
  const second = hold.set(true);
  asked[1]?.answer(ok);
  await second;
  expect(hold.agreed).toBe(true);
});

it('asks nobody any more once the call is over', async () => {
  const wishes = [hold.set(true), hold.set(false)];
  up = false;
  asked[0]?.answer(ok);
  await Promise.all(wishes);
  expect(questions()).toEqual([true]);
});
