/**
 * Windows: the table of TCP connections has the process of each end that is on this machine, and each process is of a
 * session. Proven with libraries that stand in for Windows' own, not yet on Windows.
 */
import type { KoffiFunc } from 'koffi';
import { fresh } from './fresh.ts';
import type { Owner, OwnerKind } from './owner-kind.ts';
import { type End, isMapped, type Peer } from './peer-address.ts';

/** Some 150,000 rows. */
const mostBytes = 8 << 20;
/** The table grows between the question for its size and the one for its rows. */
const mostTries = 4;
const spareBytes = 4096;

/** ERROR_INSUFFICIENT_BUFFER. */
const tooSmall = 122;
/** TCP_TABLE_OWNER_PID_CONNECTIONS. */
const connectionsWithProcess = 4;
/** MIB_TCP_STATE_ESTAB. */
const established = 5;

/** Where MIB_TCPROW_OWNER_PID and MIB_TCP6ROW_OWNER_PID have their fields; after the table's number of rows. */
interface Layout {
  /** Of the address, AF_…. */
  family: number;
  short: boolean;
  rowBytes: number;
  addressBytes: number;
  state: number;
  near: number;
  nearPort: number;
  far: number;
  farPort: number;
  process: number;
}

export const ipv4: Layout = {
  family: 2,
  short: true,
  rowBytes: 24,
  addressBytes: 4,
  state: 0,
  near: 4,
  nearPort: 8,
  far: 12,
  farPort: 16,
  process: 20,
};

export const ipv6: Layout = {
  family: 23,
  short: false,
  rowBytes: 56,
  addressBytes: 16,
  near: 0,
  nearPort: 20,
  far: 24,
  farPort: 44,
  state: 48,
  process: 52,
};

const rowKey = (near: Buffer, nearPort: number, far: Buffer, farPort: number): string =>
  `${near.toString('hex')}:${nearPort} ${far.toString('hex')}:${farPort}`;

const endBytes = ({ address }: End, short: boolean): Buffer => (short ? address.subarray(12) : address);

export const rowOf = ({ near, far }: Peer, short: boolean): string =>
  rowKey(endBytes(near, short), near.port, endBytes(far, short), far.port);

/** The process of each established connection, by row. */
export function processes(table: Buffer, layout: Layout): Map<string, number> {
  const found = new Map<string, number>();
  const rows = table.length < 4 ? 0 : table.readUInt32LE(0);
  const last = Math.min(rows * layout.rowBytes + 4, table.length) - layout.rowBytes;
  for (let at = 4; at <= last; at += layout.rowBytes) {
    if (table.readUInt32LE(at + layout.state) !== established) continue;
    const near = table.subarray(at + layout.near, at + layout.near + layout.addressBytes);
    const far = table.subarray(at + layout.far, at + layout.far + layout.addressBytes);
    // Ports are in the byte order of the network.
    const key = rowKey(near, table.readUInt16BE(at + layout.nearPort), far, table.readUInt16BE(at + layout.farPort));
    found.set(key, table.readUInt32LE(at + layout.process));
  }
  return found;
}

type GetTable = KoffiFunc<
  (room: Buffer, size: Uint32Array, sorted: number, family: number, what: number, reserved: number) => number
>;

interface Calls {
  /** Rejects with an Error. */
  processesBy(layout: Layout): Promise<Map<string, number>>;
  /** Null: there is no such process, or it is not ours to know. */
  sessionOf(process: number): number | null;
}

async function load({ iphlpapi, kernel32 }: { iphlpapi: string; kernel32: string }): Promise<Calls> {
  const koffi = await import('koffi');
  const getTable: GetTable = koffi
    .load(iphlpapi)
    .func('uint32_t __stdcall GetExtendedTcpTable(uint8_t *, uint32_t *, int, uint32_t, int, uint32_t)');
  const toSession: (process: number, session: Uint32Array) => number = koffi
    .load(kernel32)
    .func('int __stdcall ProcessIdToSessionId(uint32_t, uint32_t *)');
  const ask = (room: Buffer, size: Uint32Array, family: number): Promise<number> =>
    new Promise((resolve, reject) => {
      getTable.async(room, size, 0, family, connectionsWithProcess, 0, (fault: unknown, result: number) =>
        fault ? reject(fault) : resolve(result),
      );
    });
  return {
    async processesBy(layout) {
      let room = Buffer.alloc(spareBytes);
      for (let tries = 0; tries < mostTries; tries += 1) {
        const size = new Uint32Array([room.length]);
        const result = await ask(room, size, layout.family);
        if (result === 0) return processes(room, layout);
        const wanted = (size[0] ?? 0) + spareBytes;
        if (result !== tooSmall || wanted > mostBytes) break;
        room = Buffer.alloc(wanted);
      }
      throw new Error('the table of connections cannot be read');
    },
    sessionOf(process) {
      const session = new Uint32Array(1);
      return toSession(process, session) === 0 ? null : (session[0] ?? null);
    },
  };
}

export function judgeSession(theirs: number | null, ours: number | null): Owner {
  if (theirs === null || ours === null) return 'unknown';
  return theirs === ours ? 'own' : 'other';
}

/** iphlpapi, kernel32: the DLLs, or what stands in for them in a test. */
export function windowsOwner(libraries: { iphlpapi: string; kernel32: string }): OwnerKind {
  let loading: Promise<Calls> | null = null;
  const calls = (): Promise<Calls> => {
    loading ??= load(libraries);
    return loading;
  };
  const tables = [ipv4, ipv6].map((layout) => ({
    read: fresh(async () => (await calls()).processesBy(layout)),
    short: layout.short,
  }));
  const look = async (peer: Peer): Promise<number | undefined> => {
    for (const { read, short } of tables.filter((table) => !table.short || isMapped(peer.near))) {
      const found = (await read()).get(rowOf(peer, short));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    platform: 'win32',
    isHere: () =>
      calls().then(
        () => true,
        () => false,
      ),
    async ownerOf(peer) {
      try {
        const { sessionOf } = await calls();
        const found = await look(peer);
        return found === undefined ? 'unknown' : judgeSession(sessionOf(found), sessionOf(process.pid));
      } catch {
        // Without koffi, or without the call, Windows can't be asked.
        return 'unknown';
      }
    },
  };
}

export const windows = windowsOwner({ iphlpapi: 'iphlpapi.dll', kernel32: 'kernel32.dll' });
