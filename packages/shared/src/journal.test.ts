import { closeSync, fstatSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { expect, it } from 'vitest';
import { printsToJournal } from './journal.ts';

it('is so only for the very stream that systemd named', () => {
  const descriptor = openSync(devNull, 'w');
  const { dev, ino } = fstatSync(descriptor);
  expect(printsToJournal(`${dev}:${ino}`, descriptor)).toBe(true);
  expect(printsToJournal(`${dev}:${ino + 1}`, descriptor)).toBe(false);
  expect(printsToJournal('', descriptor)).toBe(false);
  closeSync(descriptor);
  expect(printsToJournal(`${dev}:${ino}`, descriptor)).toBe(false);
});
