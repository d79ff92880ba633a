import { describe, expect, test } from 'vitest';
import { byDay, type HistoryEntry, nearness, recentNumbers } from './history.ts';

const entry = (said: Partial<HistoryEntry>): HistoryEntry => ({
  id: 'a',
  direction: 'OUTGOING',
  name: '',
  target: '602',
  outcome: 'answered',
  startedAtMs: 0,
  talkedMs: 0,
  failure: null,
  ...said,
});

describe('recent numbers', () => {
  test('the last first, nobody twice, and nobody who cannot be called', () => {
    const entries = [{ target: '602' }, { target: '' }, { target: '603' }, { target: '602' }].map(entry);
    expect(recentNumbers(entries).map(({ target }) => target)).toEqual(['602', '603']);
  });

  test('a name is taken from wherever it is known', () => {
    const entries = [entry({}), entry({ name: 'Grace Hopper' }), entry({ name: 'Older name' })];
    expect(recentNumbers(entries)).toEqual([{ target: '602', name: 'Grace Hopper' }]);
  });

  test('no more than eight, and none before they are known', () => {
    const entries = Array.from({ length: 20 }, (_, place) => entry({ target: String(place) }));
    expect(recentNumbers(entries)).toHaveLength(8);
    expect(recentNumbers(null)).toEqual([]);
  });
});

describe('days', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

  test('calls are put together by the day of this computer', () => {
    const entries = [at(22, 9), at(22, 0), at(21, 23)].map((startedAtMs) => entry({ startedAtMs }));
    const days = byDay(entries);
    expect(days.map(({ atMs }) => atMs)).toEqual([at(22, 0), at(21, 0)]);
    expect(days.map(({ entries: all }) => all.length)).toEqual([2, 1]);
  });

  test('today and yesterday are called so', () => {
    const now = at(22, 1);
    expect([at(22, 0), at(21, 23), at(21, 0), at(20, 23)].map((it) => nearness(it, now))).toEqual([
      'today',
      'yesterday',
      'yesterday',
      null,
    ]);
  });
});
