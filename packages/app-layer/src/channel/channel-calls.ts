/** The calls for channels in the libraries of remoting vendors. They wait, so each is made on a worker thread. */
import { libraryPath } from '@thinline/shared/library-path.ts';
import type { KoffiFunc } from 'koffi';

export type ChannelKind = 'dynamic' | 'static';

/** What the library gave for an open channel; only it knows what is inside. */
export type Handle = unknown;

/** error: the code of the system, of use where done is false. */
export interface Outcome {
  done: boolean;
  bytes: number;
  error: number;
}

export interface ChannelCalls {
  /** For people. */
  readonly library: string;
  /** Bytes that one write may have. */
  readonly longestWrite: number;
  /** Whether what a read of a dynamic channel brings has a header. */
  readonly hasHeaders: boolean;
  /** handle null: refused. */
  open(kind: ChannelKind, name: string): Promise<{ handle: Handle | null; error: number }>;
  /** Into that room; not done where nothing came within waitMs, too. */
  read(handle: Handle, waitMs: number, room: Buffer): Promise<Outcome>;
  write(handle: Handle, bytes: Buffer): Promise<Outcome>;
  close(handle: Handle): Promise<void>;
}

/** Throws Error where this machine has no such library. */
export type LoadCalls = () => Promise<ChannelCalls>;

/** WTS_CURRENT_SESSION, and WF_CURRENT_SESSION. */
const currentSession = 0xffff_ffff;
/** WTS_CHANNEL_OPTION_DYNAMIC with WTS_CHANNEL_OPTION_DYNAMIC_PRI_MED: before bulk data such as printing. */
const dynamicOption = 1 | 2;

type Koffi = typeof import('koffi');
type Library = import('koffi').LibraryHandle;
type Read = KoffiFunc<(handle: Handle, waitMs: number, room: Buffer, size: number, count: Uint32Array) => number>;
type Write = KoffiFunc<(handle: Handle, bytes: Buffer, size: number, count: Uint32Array) => number>;
type Close = KoffiFunc<(handle: Handle) => number>;

interface Returned<Result> {
  result: Result;
  error: number;
}

/** The code of the last error of a thread, as far as a program may know. */
type LastError = () => number;

function lastErrorBy(koffi: Koffi): LastError {
  if (process.platform !== 'win32') return () => koffi.errno();
  const get: () => number = koffi.load('kernel32.dll').func('uint32_t __stdcall GetLastError()');
  return get;
}

/** Calls that have not returned. */
let underWay = 0;
let isGuarded = false;

/** At its exit Node waits for every call on a worker thread, and so for ever for one that hangs; the system does not. */
function guardExit(koffi: Koffi): void {
  if (isGuarded) return;
  isGuarded = true;
  const exit = exitBy(koffi);
  process.once('exit', (code) => {
    if (underWay > 0) exit(code);
  });
}

function exitBy(koffi: Koffi): (code: number) => unknown {
  if (process.platform !== 'win32') return koffi.load(null).func('void _exit(int)');
  const terminate: (process: number, code: number) => number = koffi
    .load('kernel32.dll')
    .func('int __stdcall TerminateProcess(intptr_t, uint32_t)');
  const ourselves = -1;
  return (code) => terminate(ourselves, code);
}

/** Settles once the call has returned. */
function returned<Result>(
  lastError: LastError,
  start: (callback: (fault: unknown, result: Result) => void) => void,
): Promise<Returned<Result>> {
  return new Promise((resolve, reject) => {
    start((fault, result) => {
      underWay -= 1;
      // koffi has carried it over from the thread of the call, and has it for as long as this callback runs.
      const error = lastError();
      if (fault) reject(fault);
      else resolve({ result, error });
    });
    underWay += 1;
  });
}

/** The same for all vendors but for the names. */
function readWriteClose(library: Library, prefix: string, lastError: LastError) {
  const read: Read = library.func(
    `int __stdcall ${prefix}VirtualChannelRead(void *, uint32_t, uint8_t *, uint32_t, uint32_t *)`,
  );
  const write: Write = library.func(
    `int __stdcall ${prefix}VirtualChannelWrite(void *, const uint8_t *, uint32_t, uint32_t *)`,
  );
  const close: Close = library.func(`int __stdcall ${prefix}VirtualChannelClose(void *)`);
  const outcome = async (count: Uint32Array, call: Promise<Returned<number>>): Promise<Outcome> => {
    const { result, error } = await call;
    return { done: result !== 0, bytes: count[0] ?? 0, error };
  };
  return {
    read(handle: Handle, waitMs: number, room: Buffer) {
      const count = new Uint32Array(1);
      const call = returned<number>(lastError, (back) => read.async(handle, waitMs, room, room.length, count, back));
      return outcome(count, call);
    },
    write(handle: Handle, bytes: Buffer) {
      const count = new Uint32Array(1);
      return outcome(
        count,
        returned<number>(lastError, (back) => write.async(handle, bytes, bytes.length, count, back)),
      );
    },
    async close(handle: Handle) {
      await returned<number>(lastError, (back) => close.async(handle, back));
    },
  };
}

/** Bytes of stack for a call: what threads have on Windows. koffi gives an eighth, and vendors count on what is usual. */
const stack = 1 << 20;

/** The first of those libraries that is there. Throws Error. */
async function load(libraries: readonly string[]): Promise<{ koffi: Koffi; library: Library; file: string }> {
  const koffi = await import('koffi').catch(() => {
    throw new Error('the package koffi, which calls libraries of the system, cannot be loaded');
  });
  try {
    koffi.config({ async_stack_size: stack });
  } catch {
    // It can't be changed any more: another way was tried before, and has set it.
  }
  guardExit(koffi);
  for (const file of libraries) {
    const path = libraryPath(file);
    if (path === null) continue;
    try {
      return { koffi, library: koffi.load(path), file };
    } catch {}
  }
  throw new Error(`${libraries.join(' or ')} is not on this machine`);
}

const once = (make: LoadCalls): LoadCalls => {
  let made: Promise<ChannelCalls> | null = null;
  return () => {
    // It may have been installed when somebody tries again.
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
};

const isThere = (handle: unknown): boolean => handle !== null && handle !== 0n;

/** wtsapi32.dll, and vdp_rdpvcbridge.dll, which is made after it. */
export const microsoftCalls = ({ libraries, prefix }: { libraries: readonly string[]; prefix: string }): LoadCalls =>
  once(async () => {
    const { koffi, library, file } = await load(libraries);
    const lastError = lastErrorBy(koffi);
    const open: KoffiFunc<(session: number, name: string, flags: number) => Handle> = library.func(
      `void *__stdcall ${prefix}VirtualChannelOpenEx(uint32_t, const char *, uint32_t)`,
    );
    return {
      library: file,
      longestWrite: 16_384,
      hasHeaders: true,
      ...readWriteClose(library, prefix, lastError),
      async open(kind, name) {
        const flags = kind === 'dynamic' ? dynamicOption : 0;
        const { result, error } = await returned<Handle>(lastError, (back) =>
          open.async(currentSession, name, flags, back),
        );
        return { handle: isThere(result) ? result : null, error };
      },
    };
  });

/** wfapi64.dll: static channels only. */
export const citrixCalls = ({ libraries }: { libraries: readonly string[] }): LoadCalls =>
  once(async () => {
    const { koffi, library, file } = await load(libraries);
    const lastError = lastErrorBy(koffi);
    const open: KoffiFunc<(server: null, session: number, name: string) => Handle> = library.func(
      'void *__stdcall WFVirtualChannelOpen(void *, uint32_t, const char *)',
    );
    return {
      library: file,
      // A packet has 5,000 bytes with what Citrix adds.
      longestWrite: 4096,
      hasHeaders: false,
      ...readWriteClose(library, 'WF', lastError),
      async open(kind, name) {
        if (kind === 'dynamic') return { handle: null, error: 0 };
        const { result, error } = await returned<Handle>(lastError, (back) =>
          open.async(null, currentSession, name, back),
        );
        return { handle: isThere(result) ? result : null, error };
      },
    };
  });
