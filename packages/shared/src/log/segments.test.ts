import { describe, expect, it } from 'vitest';
import { expired, isOver, isSegment, segmentName } from './segments.ts';

const day = 86_400_000;
const hour = 3_600_000;

describe('the name of a segment', () => {
  it('tells when it was begun, and is known again', () => {
    const name = segmentName('Softphone', new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 67)), true);
    expect(name).toBe('Softphone.20260102_030405_067.log');
    expect(isSegment('Softphone', name)).toBe(true);
  });

  it.each([
    'Softphone.log',
    'Softphone.20260102_030405_067.log.gz',
    'Softphone.20260102_030405.log',
    'Softphone-adapter.20260102_030405_067.log',
    'Softphone.old.20260102_030405_067.log',
    'softphone.20260102_030405_067.log',
    'SoftphoneX20260102_030405_067.log',
    '20260102_030405_067.log',
    '',
  ])('is not %s', (file) => {
    expect(isSegment('Softphone', file)).toBe(false);
  });

  it('may have in it what means something to expressions', () => {
    expect(isSegment('a.*(b', 'a.*(b.20260102_030405_067.log')).toBe(true);
    expect(isSegment('.*', 'x.20260102_030405_067.log')).toBe(false);
  });
});

describe('a segment', () => {
  const never = { segmentKb: 0, segmentHours: 0 };
  const segment = (bytes: number, records = 1) => ({ begunMs: 0, bytes, records });

  it('is never over where there are none', () => {
    expect(isOver(segment(1e12), 1e6, never, 1e12)).toBe(false);
  });

  it('takes what fits, to the byte', () => {
    const policy = { ...never, segmentKb: 1 };
    expect(isOver(segment(1000), 24, policy, 0)).toBe(false);
    expect(isOver(segment(1000), 25, policy, 0)).toBe(true);
  });

  it('takes one record, however long', () => {
    expect(isOver(segment(900, 0), 5000, { ...never, segmentKb: 1 }, 0)).toBe(false);
  });

  it('is open for hours', () => {
    const policy = { ...never, segmentHours: 2 };
    expect(isOver(segment(1e12), 1, policy, 2 * hour - 1)).toBe(false);
    expect(isOver(segment(1), 1, policy, 2 * hour)).toBe(true);
    expect(isOver(segment(1, 0), 1, policy, 9 * hour)).toBe(false);
  });
});

describe('files that have expired', () => {
  const file = (n: number, modifiedMs = 0) => ({ name: `s.2026010${n}_000000_000.log`, modifiedMs });
  const names = (...numbers: number[]) => numbers.map((n) => file(n).name);
  const all = [file(2), file(5), file(1), file(4), file(3)];

  it('are none where they are kept', () => {
    expect(expired(all, '', { expireFiles: 0, expireDays: 0 }, 1e15)).toEqual([]);
  });

  it('are the oldest beyond a number that counts the current one', () => {
    const current = file(5).name;
    expect(expired(all, current, { expireFiles: 5, expireDays: 0 }, 0)).toEqual([]);
    expect(expired(all, current, { expireFiles: 3, expireDays: 0 }, 0)).toEqual(names(2, 1));
    expect(expired(all, current, { expireFiles: 1, expireDays: 0 }, 0)).toEqual(names(4, 3, 2, 1));
  });

  it('are never the current one, whatever its name', () => {
    expect(expired(all, file(1).name, { expireFiles: 1, expireDays: 0 }, 0)).toEqual(names(5, 4, 3, 2));
    expect(expired([file(1)], file(1).name, { expireFiles: 0, expireDays: 1 }, 100 * day)).toEqual([]);
  });

  it('are those not written to for days', () => {
    const files = [file(1, 0), file(2, day), file(3, 2 * day)];
    expect(expired(files, '', { expireFiles: 0, expireDays: 2 }, 3 * day)).toEqual(names(1));
    expect(expired(files, '', { expireFiles: 0, expireDays: 2 }, 3 * day + 1)).toEqual(names(2, 1));
  });
});
