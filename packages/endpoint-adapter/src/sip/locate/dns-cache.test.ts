import type { SrvRecord } from 'node:dns';
import { makeLog } from '@thinline/shared/log/log.ts';
import { describe, expect, it } from 'vitest';
import type { Dns, NamedAddress } from './dns.ts';
import { DnsCache } from './dns-cache.ts';

const at = (address: string, ttl: number | null): NamedAddress => ({ address, family: 'IPv4', ttl });
const server: SrvRecord = { name: 'a.test', port: 5060, priority: 0, weight: 0 };

function setUp() {
  const it = {
    now: 1_000_000,
    rounds: 0,
    asked: 0,
    /** What DNS says; null: nothing at all. */
    addresses: [at('10.0.0.1', 60)] as NamedAddress[] | null,
    lines: [] as string[],
  };
  const answer = async <T>(found: readonly T[]): Promise<readonly T[]> => {
    it.asked++;
    if (it.addresses === null) throw new Error('queryA ETIMEOUT');
    return found;
  };
  const open = (): Dns => {
    it.rounds++;
    return {
      resolveNaptr: () => answer([]),
      resolveSrv: () => answer([server]),
      resolveAddresses: () => answer(it.addresses ?? []),
    };
  };
  const log = makeLog({ write: (line) => it.lines.push(line) });
  const cache = new DnsCache({ open, now: () => it.now, log });
  const resolve = async (name = 'a.test'): Promise<string[]> =>
    (await cache.round().resolveAddresses(name, ['IPv4'])).map((found) => found.address);
  return Object.assign(it, { cache, resolve });
}

describe('an answer', () => {
  it.each([
    ['holds for its time to live', [at('10.0.0.1', 60), at('10.0.0.2', 50)], 50],
    ['without one for 30 s', [at('10.0.0.1', null)], 30],
    ['for an hour at most', [at('10.0.0.1', 100_000)], 3_600],
    ['that there is nothing for 5 s', [], 5],
  ])('%s', async (_, answer, ttl) => {
    const it = setUp();
    it.addresses = answer;
    await it.resolve();
    it.now += ttl * 1_000 - 1;
    await it.resolve('A.test');
    expect(it.asked).toBe(1);
    it.now += 1;
    await it.resolve();
    expect(it.asked).toBe(2);
  });

  it('that does not live at all is not kept', async () => {
    const it = setUp();
    it.addresses = [at('10.0.0.1', 0)];
    await it.resolve();
    await it.resolve();
    expect(it.asked).toBe(2);
  });

  it('about services holds for 30 s, that there are none too', async () => {
    const it = setUp();
    const ask = async () => {
      expect(await it.cache.round().resolveSrv('_sip._udp.a.test')).toEqual([server]);
      expect(await it.cache.round().resolveNaptr('a.test')).toEqual([]);
    };
    await ask();
    it.now += 29_999;
    await ask();
    expect(it.asked).toBe(2);
    it.now += 1;
    await ask();
    expect(it.asked).toBe(4);
  });

  it('of one family is not that of another', async () => {
    const it = setUp();
    await it.cache.round().resolveAddresses('a.test', ['IPv4']);
    await it.cache.round().resolveAddresses('a.test', ['IPv6']);
    expect(it.asked).toBe(2);
  });
});

it('opens a resolver for each round that has a question, and only for those', async () => {
  const it = setUp();
  await it.resolve();
  await it.resolve();
  expect(it.rounds).toBe(1);
  const round = it.cache.round();
  await Promise.all([round.resolveSrv('b'), round.resolveSrv('c')]);
  expect(it.rounds).toBe(2);
});

it('asks once for all who want to know at the same time', async () => {
  const it = setUp();
  await Promise.all([it.resolve(), it.resolve(), it.resolve()]);
  expect(it.asked).toBe(1);
});

it('keeps 256 names, those that were used last', async () => {
  const it = setUp();
  await it.resolve('line.test');
  for (let n = 0; n < 300; n++) {
    await it.resolve(`n${n}.test`);
    await it.resolve('line.test');
  }
  expect(it.asked).toBe(301);
  await it.resolve('n0.test');
  expect(it.asked).toBe(302);
});

describe('while DNS is out', () => {
  it('the last answer holds, and the log says so once', async () => {
    const it = setUp();
    await it.resolve();
    await it.cache.round().resolveSrv('_sip._udp.a.test');
    it.addresses = null;
    for (let round = 0; round < 3; round++) {
      it.now += 3_600_000;
      expect(await it.resolve()).toEqual(['10.0.0.1']);
      expect(await it.cache.round().resolveSrv('_sip._udp.a.test')).toEqual([server]);
    }
    expect(it.lines).toHaveLength(1);
    expect(it.lines[0]).toContain('DNS does not answer (queryA ETIMEOUT)');
    it.addresses = [at('10.0.0.2', 60)];
    it.now += 3_600_000;
    expect(await it.resolve()).toEqual(['10.0.0.2']);
    it.addresses = null;
    it.now += 3_600_000;
    await it.resolve();
    expect(it.lines).toHaveLength(3);
  });

  it('nobody waits for it more than every 30 s', async () => {
    const it = setUp();
    await it.resolve();
    it.addresses = null;
    it.now += 60_000;
    await it.resolve();
    it.now += 29_999;
    await it.resolve();
    expect(it.asked).toBe(2);
    it.now += 1;
    await it.resolve();
    expect(it.asked).toBe(3);
  });

  it('a name that was never known is an error, and is asked for anew', async () => {
    const it = setUp();
    it.addresses = null;
    await expect(it.resolve()).rejects.toThrow('ETIMEOUT');
    it.addresses = [at('10.0.0.1', 60)];
    expect(await it.resolve()).toEqual(['10.0.0.1']);
    expect(it.lines).toEqual([]);
  });
});
