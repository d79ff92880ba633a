import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { endianness, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Owner } from './owner-kind.ts';
import { judgeUser, linuxOwner, takeRow } from './owner-linux.ts';
import { peerOf } from './peer-address.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-owner-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     ';

// As Linux 6.1 printed them (x86-64); 1F40 is port 8000, C350 50000, C351 50001, C352 50002.
const tcp = [
  heading,
  '   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 654 1 00000000fe180cf4 100 0 0 10 0                       ',
  '   1: 0100007F:1F40 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 700 1 00000000a0c0ff01 20 4 30 10 -1                      ',
  '   2: 0100007F:C350 0100007F:1F40 01 00000000:00000000 00:00000000 00000000  1001        0 701 1 00000000a0c0ff02 20 4 30 10 -1                      ',
  '   3: 0100007F:C351 0100007F:1F40 01 00000000:00000000 00:00000000 00000000  1000        0 702 1 00000000a0c0ff03 20 4 30 10 -1                      ',
  '   4: 0100007F:C352 0100007F:1F40 04 00000000:00000001 01:00000014 00000000     0        0 0 3 00000000a0c0ff04 20 4 30 10 -1                        ',
  '   5: 0100007F:C353 0100007F:1F40 06 00000000:00000000 03:00000F6C 00000000     0        0 0 3 0000000000000000                                      ',
  '',
].join('\n');

const tcp6 = [
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 800 1 0000000000000000 100 0 0 10 0',
  '   1: 00000000000000000000000001000000:C350 00000000000000000000000001000000:1F40 01 00000000:00000000 00:00000000 00000000  1000        0 801 1 0000000000000000 20 4 30 10 -1',
  '   2: 0000000000000000FFFF00000100007F:C354 0000000000000000FFFF00000100007F:1F40 01 00000000:00000000 00:00000000 00000000  1002        0 802 1 0000000000000000 20 4 30 10 -1',
  '   3: 00000000000000000000000001000000:C355 00000000000000000000000001000000:1F40 01 00000000:00000000 00:00000000 00000000 4294967294        0 803 1 0000000000000000 20 4 30 10 -1',
  '',
].join('\n');

async function owners(texts: { tcp?: string; tcp6?: string }, ours = 1000) {
  const files = { tcp: join(folder, 'tcp'), tcp6: join(folder, 'tcp6') };
  for (const name of ['tcp', 'tcp6'] as const) {
    const text = texts[name];
    if (text === undefined) await rm(files[name], { force: true });
    else await writeFile(files[name], text, 'latin1');
  }
  const kind = linuxOwner({ ...files, ours: () => ours });
  return {
    isHere: kind.isHere,
    async of(remoteAddress: string, remotePort: number, localAddress = remoteAddress): Promise<Owner> {
      const peer = peerOf({ remoteAddress, remotePort, localAddress, localPort: 8000 });
      return peer ? kind.ownerOf(peer) : expect.fail('no address');
    },
  };
}

describe.skipIf(endianness() !== 'LE')('recorded tables', () => {
  test('the row of the peer decides, not ours', async () => {
    const { of } = await owners({ tcp, tcp6 });
    expect(await of('127.0.0.1', 50_000)).toBe('other');
    expect(await of('127.0.0.1', 50_001)).toBe('own');
  });

  test('a server for both versions sees a mapped address', async () => {
    const { of } = await owners({ tcp, tcp6 });
    expect(await of('::ffff:127.0.0.1', 50_000)).toBe('other');
    expect(await of('::ffff:127.0.0.1', 50_001)).toBe('own');
  });

  test('and so may the client have one', async () => {
    const { of } = await owners({ tcp, tcp6 });
    expect(await of('127.0.0.1', 50_004)).toBe('other');
    expect(await of('127.0.0.1', 50_004, '::ffff:127.0.0.1')).toBe('other');
  });

  test('IPv6, with the highest user there is', async () => {
    const { of } = await owners({ tcp, tcp6 });
    expect(await of('::1', 50_000)).toBe('own');
    expect(await of('::1', 50_005)).toBe('other');
    expect(await of('::1', 50_001)).toBe('unknown');
  });

  test("a closed end has lost its user, and 0 is not root's there", async () => {
    const { of } = await owners({ tcp, tcp6 });
    expect(await of('127.0.0.1', 50_002)).toBe('unknown');
    expect(await of('127.0.0.1', 50_003)).toBe('unknown');
  });

  test('the same port to another server is another connection', async () => {
    const { of } = await owners({ tcp, tcp6 });
    expect(await of('127.0.0.1', 50_000, '127.0.0.2')).toBe('unknown');
  });

  test('without a table, or a part of it, nothing is known of what would be in it', async () => {
    const neither = await owners({});
    expect(await neither.isHere()).toBe(false);
    expect(await neither.of('127.0.0.1', 50_000)).toBe('unknown');
    const old = await owners({ tcp });
    expect(await old.isHere()).toBe(true);
    expect(await old.of('127.0.0.1', 50_001)).toBe('own');
    expect(await old.of('::1', 50_001)).toBe('unknown');
  });

  test('a row across two pages is read', async () => {
    const filler = `${heading}\n`.repeat(107);
    for (let shift = 0; shift < 900; shift += 10) {
      const { of } = await owners({ tcp: `${filler}${' '.repeat(shift % 150)}\n${filler.slice(0, shift)}\n${tcp}` });
      expect(await of('127.0.0.1', 50_001)).toBe('own');
    }
  });

  test('a line without an end is dropped', async () => {
    const { of } = await owners({ tcp: `${' '.repeat(1 << 20)}\n${tcp}` });
    expect(await of('127.0.0.1', 50_001)).toBe('own');
  });

  test('an endless table is given up', async () => {
    const { of } = await owners({ tcp: `${`${heading}\n`.repeat(60_000)}${tcp}` });
    expect(await of('127.0.0.1', 50_001)).toBe('unknown');
  });
});

test('garbage says nothing', () => {
  const users = new Map<string, number>();
  for (const line of ['', ' ', heading, '1: 01 01 01', 'x: 0100007F:C351 0100007F:1F40 01 0 0 0 1000 0'])
    takeRow(line, users);
  fc.assert(
    fc.property(fc.string(), (line) => {
      takeRow(line, users);
    }),
  );
  expect(users.size).toBe(0);
});

test('root counts as own, for root may do anything anyway; nobody else does', () => {
  expect(judgeUser(1000, 1000)).toBe('own');
  expect(judgeUser(0, 1000)).toBe('own');
  expect(judgeUser(1001, 1000)).toBe('other');
  expect(judgeUser(1000, 0)).toBe('other');
});
