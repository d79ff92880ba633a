import { expect, it } from 'vitest';
import type { Target } from '../address.ts';
import { TargetHealth } from './health.ts';

const target = (n: number): Target => ({ transport: 'udp', address: `10.0.0.${n}`, port: 5060, name: 'pool.test' });
const [a, b, c] = [target(1), target(2), target(3)];

it('puts bad ones last, the first to come back before the others, and drops none', () => {
  let now = 1_000;
  const health = new TargetHealth(() => now);
  health.bad(a);
  health.bad(b, 30_000);
  expect(health.order([a, b, c])).toEqual([c, b, a]);
  health.bad(c, 300_000);
  expect(health.order([a, b, c])).toEqual([b, a, c]);
  now += 30_000;
  expect(health.isBad(b)).toBe(false);
  now += 29_999;
  expect(health.isBad(a)).toBe(true);
  now += 1;
  expect(health.order([c, b, a])).toEqual([b, a, c]);
});

it('believes an answer at once', () => {
  const health = new TargetHealth(() => 0);
  health.bad(a);
  health.good({ ...a, name: 'another name' });
  expect(health.isBad(a)).toBe(false);
});

it('tells transports and ports of one address apart', () => {
  const health = new TargetHealth(() => 0);
  health.bad(a);
  expect(health.isBad({ ...a, transport: 'tcp' })).toBe(false);
  expect(health.isBad({ ...a, port: 5061 })).toBe(false);
});

it('lets no server shut itself out for more than an hour', () => {
  let now = 0;
  const health = new TargetHealth(() => now);
  health.bad(a, Number.MAX_SAFE_INTEGER);
  now = 3_600_000;
  expect(health.isBad(a)).toBe(false);
});

it('knows 256 at most, and forgets the oldest', () => {
  const health = new TargetHealth(() => 0);
  const many = Array.from({ length: 300 }, (_, port) => ({ ...a, port }));
  for (const it of many) health.bad(it);
  expect(many.filter((it) => health.isBad(it))).toEqual(many.slice(-256));
});
