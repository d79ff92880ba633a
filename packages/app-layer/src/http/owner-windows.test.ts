import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipv4, ipv6, judgeSession, processes, rowOf, windowsOwner } from './owner-windows.ts';
import { peerOf } from './peer-address.ts';

interface Row {
  state: number;
  near: string;
  nearPort: number;
  far: string;
  farPort: number;
  process: number;
}

/** By the declarations of tcpmib.h. */
function table(version: 4 | 6, rows: readonly Row[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(rows.length);
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const port = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff, 0, 0]);
  const address = (hex: string): Buffer => Buffer.from(hex, 'hex');
  const parts = rows.flatMap(({ state, near, nearPort, far, farPort, process }) =>
    version === 4
      ? [number(state), address(near), port(nearPort), address(far), port(farPort), number(process)]
      : [
          ...[address(near), number(0), port(nearPort)],
          ...[address(far), number(0), port(farPort), number(state), number(process)],
        ],
  );
  return Buffer.concat([count, ...parts]);
}

const v4 = '7f000001';
const v6 = '00000000000000000000000000000001';
const mapped = '00000000000000000000ffff7f000001';

const row = (near: string, nearPort: number, process: number, state = 5): Row => ({
  state,
  near,
  nearPort,
  far: near,
  farPort: 8000,
  process,
});

function keyOf(address: string, port: number, short: boolean): string {
  const peer = peerOf({ remoteAddress: address, remotePort: port, localAddress: address, localPort: 8000 });
  return peer ? rowOf(peer, short) : expect.fail('no address');
}

test('the process of each established connection', () => {
  const found = processes(table(4, [row(v4, 50_000, 4711), row(v4, 50_001, 4712, 8), row(v4, 50_002, 4713)]), ipv4);
  expect(found.size).toBe(2);
  expect(found.get(keyOf('127.0.0.1', 50_000, true))).toBe(4711);
  expect(found.get(keyOf('::ffff:127.0.0.1', 50_002, true))).toBe(4713);
});

test('IPv6, and IPv4 mapped', () => {
  const found = processes(table(6, [row(v6, 50_000, 4711), row(mapped, 50_001, 4712)]), ipv6);
  expect(found.get(keyOf('::1', 50_000, false))).toBe(4711);
  expect(found.get(keyOf('127.0.0.1', 50_001, false))).toBe(4712);
});

test('a table that is shorter than it says is read to its end', () => {
  const whole = table(4, [row(v4, 50_000, 1), row(v4, 50_001, 2)]);
  expect(processes(whole.subarray(0, -1), ipv4).size).toBe(1);
  expect(processes(whole.subarray(0, 3), ipv4).size).toBe(0);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const found = processes(Buffer.from(bytes), ipv6);
      return found.size <= bytes.length / 56;
    }),
  );
});

test('the session decides; one that is not told proves nothing', () => {
  expect(judgeSession(3, 3)).toBe('own');
  expect(judgeSession(4, 3)).toBe('other');
  expect(judgeSession(0, 3)).toBe('other');
  expect(judgeSession(null, 3)).toBe('unknown');
  expect(judgeSession(null, null)).toBe('unknown');
});

test('where the libraries are missing, it is unknown', async () => {
  const kind = windowsOwner({ iphlpapi: 'nowhere.dll', kernel32: 'nowhere.dll' });
  const peer = peerOf({ remoteAddress: '::1', remotePort: 1, localAddress: '::1', localPort: 2 });
  expect(await kind.isHere()).toBe(false);
  expect(peer && (await kind.ownerOf(peer))).toBe('unknown');
});
