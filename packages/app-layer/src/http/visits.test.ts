import { expect, test } from 'vitest';
import { Visits } from './visits.ts';

test('each origin is counted, with what became of its last request', () => {
  const visits = new Visits();
  visits.note({ origin: undefined, isPreflight: false, verdict: 'pass' });
  expect(visits.hasPage).toBe(false);
  visits.note({ origin: 'https://a', isPreflight: true, verdict: 'pass' });
  visits.note({ origin: 'https://a', isPreflight: false, verdict: 'secret' });
  expect(visits.hasPage).toBe(true);
  expect(visits.list()).toEqual([
    { origin: '', preflights: 0, requests: 1, verdict: 'pass' },
    { origin: 'https://a', preflights: 1, requests: 1, verdict: 'secret' },
  ]);
});

test('neither many nor long origins fill it', () => {
  const visits = new Visits();
  for (let count = 0; count < 1000; count += 1) {
    visits.note({ origin: `https://${count}${'x'.repeat(1000)}`, isPreflight: false, verdict: 'origin' });
  }
  expect(visits.list()).toHaveLength(16);
  expect(JSON.stringify(visits.list()).length).toBeLessThan(16 * 300);
  expect(visits.list().at(-1)?.origin).toMatch(/^https:\/\/999x/);
});
