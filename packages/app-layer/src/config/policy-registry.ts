/** Windows: the machine's policy in the registry, where only administrators may write. Tried in Wine, not yet on Windows. */
import { faultOf, type PolicyFault } from '@thinline/shared/config/policy.ts';
import type { PolicySources } from './policy-folder.ts';

const key = 'SOFTWARE\\Policies\\Thinline\\Options';
const keyName = `HKLM\\${key}`;

const mostValues = 1000;
/** Characters, with the 0 at the end; longer names are no option's. */
const nameRoom = 300;
/** Twice as long as a text may be, and the 0 at the end. */
const dataBytes = 8194;

/** HKEY_LOCAL_MACHINE. */
const localMachine = -0x7ffffffe;
/** KEY_QUERY_VALUE and KEY_SET_VALUE, each with KEY_WOW64_64KEY. */
const toRead = 0x0101;
const toWrite = 0x0102;

/** ERROR_FILE_NOT_FOUND, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS. */
const notFound = 2;
const moreData = 234;
const noMoreItems = 259;

/** REG_SZ, REG_DWORD. */
const textType = 1;
const numberType = 4;

/** The calls of Windows; each answers 0 or an error. */
export interface Registry {
  /** access: toRead or toWrite. */
  open(access: number, opened: BigInt64Array): number;
  /** Lengths: of the room, and then of what is in it; the name's in characters. */
  value(
    opened: bigint,
    index: number,
    name: Buffer,
    nameLength: Uint32Array,
    type: Uint32Array,
    data: Buffer,
    dataLength: Uint32Array,
  ): number;
  close(opened: bigint): number;
  /** Whether this process may write anywhere. */
  isAdministrator(): boolean;
}

async function load(): Promise<Registry> {
  const koffi = await import('koffi');
  const advapi32 = koffi.load('advapi32.dll');
  const open: (root: number, path: string, options: number, access: number, opened: BigInt64Array) => number =
    advapi32.func('int32_t __stdcall RegOpenKeyExW(int64_t, str16, uint32_t, uint32_t, int64_t *)');
  const value: (
    opened: bigint,
    index: number,
    name: Buffer,
    nameLength: Uint32Array,
    reserved: null,
    type: Uint32Array,
    data: Buffer,
    dataLength: Uint32Array,
  ) => number = advapi32.func(
    'int32_t __stdcall RegEnumValueW(int64_t, uint32_t, uint8_t *, uint32_t *, void *, uint32_t *, uint8_t *, uint32_t *)',
  );
  const close: Registry['close'] = advapi32.func('int32_t __stdcall RegCloseKey(int64_t)');
  return {
    open: (access, opened) => open(localMachine, key, 0, access, opened),
    value: (opened, index, name, nameLength, type, data, dataLength) =>
      value(opened, index, name, nameLength, null, type, data, dataLength),
    close,
    isAdministrator() {
      const ask: () => number = koffi.load('shell32.dll').func('int32_t __stdcall IsUserAnAdmin()');
      return ask() !== 0;
    },
  };
}

/** Does not reject. */
export async function policyRegistry(loaded: () => Promise<Registry> = load): Promise<PolicySources> {
  try {
    return keyIn(await loaded());
  } catch (error) {
    return refused(`it cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

const refused = (problem: string): PolicySources => ({
  sources: [],
  faults: [faultOf(keyName, problem, 'nothing of it is used')],
});

function keyIn(registry: Registry): PolicySources {
  const opened = new BigInt64Array(1);
  const error = registry.open(toRead, opened);
  if (error === notFound) return { sources: [], faults: [] };
  if (error !== 0) return refused(`it cannot be read (error ${error})`);
  const [handle = 0n] = opened;
  try {
    return mayWrite(registry) ? refused('others than administrators may write it') : valuesIn(registry, handle);
  } finally {
    registry.close(handle);
  }
}

/** Whether the user could have written it; an administrator may. */
function mayWrite(registry: Registry): boolean {
  if (registry.isAdministrator()) return false;
  const opened = new BigInt64Array(1);
  if (registry.open(toWrite, opened) !== 0) return false;
  registry.close(opened[0] ?? 0n);
  return true;
}

function valuesIn(registry: Registry, opened: bigint): PolicySources {
  const options: [path: string, value: unknown][] = [];
  const faults: PolicyFault[] = [];
  const result: PolicySources = { sources: [{ name: keyName, options }], faults };
  const name = Buffer.alloc(nameRoom * 2);
  const data = Buffer.alloc(dataBytes);
  const type = new Uint32Array(1);
  for (let index = 0; index < mostValues; index += 1) {
    const nameLength = new Uint32Array([nameRoom]);
    const dataLength = new Uint32Array([dataBytes]);
    const error = registry.value(opened, index, name, nameLength, type, data, dataLength);
    if (error === noMoreItems) return result;
    if (error !== 0 && error !== moreData) {
      faults.push(faultOf(keyName, `it cannot be read to its end (error ${error})`, 'the rest is left out'));
      return result;
    }
    if (error === moreData) {
      faults.push(faultOf(keyName, 'the name or the text of one of its values is too long', 'it is left out'));
      continue;
    }
    const path = name.toString('utf16le', 0, (nameLength[0] ?? 0) * 2);
    // The key's own value has no name, and is none of ours.
    if (path !== '') options.push([path, registryValue(type[0] ?? 0, data.subarray(0, dataLength[0]))]);
  }
  faults.push(faultOf(keyName, `only ${mostValues} of its values are read`, 'the others are left out'));
  return result;
}

/** null: it is neither REG_SZ nor REG_DWORD. */
function registryValue(type: number, data: Buffer): string | number | null {
  if (type === numberType) return data.length === 4 ? data.readUInt32LE(0) : null;
  if (type !== textType) return null;
  // An odd byte is half a character.
  const text = data.toString('utf16le', 0, data.length & ~1);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
