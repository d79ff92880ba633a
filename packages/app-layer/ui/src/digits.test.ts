import { expect, test } from 'vitest';
import { makeDigitQueue } from './digits.ts';

/** Sends when told to. */
function makeWire() {
  const sent: string[] = [];
  const answers: ((done: boolean) => void)[] = [];
  const push = makeDigitQueue((digits) => {
    sent.push(digits);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = async (done: boolean) => {
    answers.shift()?.(done);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { sent, push, answer };
}

test('digits go in order, and those that wait go together', async () => {
  const { sent, push, answer } = makeWire();
  for (const digit of '123') push(digit);
  expect(sent).toEqual(['1']);
  await answer(true);
  expect(sent).toEqual(['1', '23']);
  await answer(true);
  push('4');
  expect(sent).toEqual(['1', '23', '4']);
});

test('no more than 32 go at once', async () => {
  const { sent, push, answer } = makeWire();
  for (const digit of `1${'2'.repeat(40)}`) push(digit);
  await answer(true);
  await answer(true);
  expect(sent.map((digits) => digits.length)).toEqual([1, 32, 8]);
});

test('after a failure the waiting ones are dropped, and new ones go', async () => {
  const { sent, push, answer } = makeWire();
  for (const digit of '123') push(digit);
  await answer(false);
  expect(sent).toEqual(['1']);
  push('9');
  expect(sent).toEqual(['1', '9']);
});
