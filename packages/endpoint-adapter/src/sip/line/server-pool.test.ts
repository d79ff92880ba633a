import { describe, expect, it } from 'vitest';
import type { Hop, RankedTarget } from '../address.ts';
import { TargetHealth } from '../locate/health.ts';
import { placeAt } from '../testing/wire.ts';
import { ServerPool } from './server-pool.ts';

const hop = (host: string): Hop => ({ host, port: 0, transport: 'udp', secure: false });
const ranked = (address: string, rank = 0): RankedTarget => ({ ...placeAt(address), rank });

/** names: what each stands for now; the error where it can't be found. */
function open(names: Record<string, readonly RankedTarget[] | Error>) {
  let now = 0;
  const health = new TargetHealth(() => now);
  const pool = new ServerPool({
    hops: Object.keys(names).map(hop),
    find: async ({ host }) => {
      const found = names[host] ?? [];
      if (found instanceof Error) throw found;
      return found;
    },
    health,
  });
  return {
    pool,
    health,
    names,
    later: (ms: number) => {
      now += ms;
    },
    addresses: () => pool.targets.map(({ address }) => address),
  };
}

const of = (address: string) => placeAt(address);

describe('the servers of a line', () => {
  it('come primary first, each by rank', async () => {
    const { pool, addresses } = open({
      main: [ranked('10.0.0.2', 7), ranked('10.0.0.1', 0)],
      spare: [ranked('10.1.0.1')],
    });
    expect(addresses()).toEqual([]);
    await pool.refresh();
    expect(addresses()).toEqual(['10.0.0.1', '10.0.0.2', '10.1.0.1']);
  });

  it('come after those that are well while they are not', async () => {
    const { pool, health, addresses, later } = open({ main: [ranked('10.0.0.1')], spare: [ranked('10.1.0.1')] });
    await pool.refresh();
    health.bad(of('10.0.0.1'), 5_000);
    expect(addresses()).toEqual(['10.1.0.1', '10.0.0.1']);
    health.bad(of('10.1.0.1'), 9_000);
    expect(addresses()).toEqual(['10.0.0.1', '10.1.0.1']);
    later(10_000);
    expect(addresses()).toEqual(['10.0.0.1', '10.1.0.1']);
  });

  it('are well again when they are heard of', async () => {
    const { pool, health, addresses } = open({ main: [ranked('10.0.0.1')], spare: [ranked('10.1.0.1')] });
    await pool.refresh();
    health.bad(of('10.0.0.1'));
    pool.heard('10.9.9.9');
    expect(addresses()).toEqual(['10.1.0.1', '10.0.0.1']);
    pool.heard('10.0.0.1');
    expect(addresses()).toEqual(['10.0.0.1', '10.1.0.1']);
  });

  it('stay with the current one among equals, and not above its betters', async () => {
    const { pool, addresses } = open({ main: [ranked('10.0.0.1'), ranked('10.0.0.2'), ranked('10.0.0.3', 1)] });
    await pool.refresh();
    pool.current = of('10.0.0.2');
    expect(addresses()).toEqual(['10.0.0.2', '10.0.0.1', '10.0.0.3']);
    expect(pool.isFallback).toBe(false);
    pool.current = of('10.0.0.3');
    expect(addresses()).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(pool.isFallback).toBe(true);
  });

  it('can be done without one name, but not without all', async () => {
    const { pool, names, addresses } = open({ main: new Error('ENOTFOUND main'), spare: [ranked('10.1.0.1')] });
    await pool.refresh();
    expect(addresses()).toEqual(['10.1.0.1']);
    pool.current = of('10.1.0.1');
    expect(pool.isFallback).toBe(false);
    names.spare = new Error('ENOTFOUND spare');
    await expect(pool.refresh()).rejects.toThrow('ENOTFOUND main');
    expect(addresses()).toEqual(['10.1.0.1']);
  });
});

describe('what is trusted', () => {
  it('is every place that the names stand for, and no other', async () => {
    const { pool } = open({ main: [ranked('10.0.0.1')] });
    expect(pool.has(of('10.0.0.1'))).toBe(false);
    await pool.refresh();
    expect(pool.has(of('10.0.0.1'))).toBe(true);
    expect(pool.has(placeAt('10.0.0.1', 'tcp'))).toBe(true);
    expect(pool.has(placeAt('10.0.0.1', 'udp', 5_070))).toBe(false);
    expect(pool.has(of('10.0.0.2'))).toBe(false);
    expect([pool.isFrom('10.0.0.1', 'udp'), pool.isFrom('10.0.0.2', 'udp')]).toEqual([true, false]);
  });

  it.each([
    ['udp', ['udp', 'tcp', 'tls', 'wss'], ['udp', 'tcp', 'tls', 'wss']],
    // Anybody can put its address on a datagram.
    ['tcp', ['udp', 'tcp', 'tls', 'wss'], ['tcp', 'tls', 'wss']],
    // What is sent in clear, others read.
    ['tls', ['tls', 'wss'], ['tls', 'wss']],
    ['wss', ['tls', 'wss'], ['tls', 'wss']],
  ] as const)('over %s gets credentials over %j, and is believed over %j', async (configured, sent, believed) => {
    const { pool } = open({ main: [{ ...placeAt('10.0.0.1', configured), rank: 0 }] });
    await pool.refresh();
    const transports = ['udp', 'tcp', 'tls', 'wss'] as const;
    expect(transports.filter((it) => pool.has(placeAt('10.0.0.1', it)))).toEqual(sent);
    expect(transports.filter((it) => pool.isFrom('10.0.0.1', it))).toEqual(believed);
  });

  it('over two transports is as safe as the weaker one', async () => {
    const { pool } = open({
      main: [
        { ...placeAt('10.0.0.1', 'tcp'), rank: 0 },
        { ...placeAt('10.0.0.1', 'udp'), rank: 1 },
      ],
    });
    await pool.refresh();
    expect(pool.isFrom('10.0.0.1', 'udp')).toBe(true);
  });

  it('stays so when DNS changes, for the latest 64', async () => {
    const { pool, names } = open({ main: [ranked('10.0.0.0')] });
    for (let i = 0; i < 100; i++) {
      names.main = [ranked(`10.0.0.${i}`)];
      await pool.refresh();
    }
    const known = Array.from({ length: 100 }, (_, i) => pool.has(of(`10.0.0.${i}`)));
    expect(known).toEqual(Array.from({ length: 100 }, (_, i) => i >= 36));
    expect(pool.targets).toHaveLength(1);
  });

  it('is the best of a name that stands for more than that', async () => {
    const { pool } = open({ main: Array.from({ length: 100 }, (_, i) => ranked(`10.0.0.${i}`, i)) });
    await pool.refresh();
    expect([pool.has(of('10.0.0.0')), pool.has(of('10.0.0.63')), pool.has(of('10.0.0.64'))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is known by name too', () => {
    const { pool } = open({ 'Main.example': [] });
    expect(pool.hasHop(hop('main.Example'))).toBe(true);
    expect(pool.hasHop({ ...hop('main.example'), port: 5_070 })).toBe(false);
    expect(pool.hasHop(hop('other.example'))).toBe(false);
  });
});
