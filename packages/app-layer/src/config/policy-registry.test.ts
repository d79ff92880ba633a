import { faultText } from '@thinline/shared/config/policy.ts';
import { expect, it } from 'vitest';
import { policyRegistry, type Registry } from './policy-registry.ts';

const text = (value: string): [type: number, data: Buffer] => [1, Buffer.from(`${value}\0`, 'utf16le')];
const number = (value: number): [type: number, data: Buffer] => {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(value);
  return [4, data];
};

type Values = readonly (readonly [name: string, value: [type: number, data: Buffer]])[];

/** As Windows answers, with these values. */
class FakeRegistry implements Registry {
  readonly values: Values;
  readonly openError: number;
  readonly writeError: number;
  readonly administrator: boolean;
  isOpen = 0;

  constructor(values: Values, { openError = 0, writeError = 5, administrator = false } = {}) {
    this.values = values;
    this.openError = openError;
    this.writeError = writeError;
    this.administrator = administrator;
  }

  open(access: number, opened: BigInt64Array): number {
    const error = access & 2 ? this.writeError : this.openError;
    if (error === 0) {
      this.isOpen += 1;
      opened[0] = 7n;
    }
    return error;
  }

  value(...[, index, name, nameLength, type, data, dataLength]: Parameters<Registry['value']>): number {
    const row = this.values[index];
    if (!row) return 259;
    const [path, [kind, bytes]] = row;
    if (kind < 0) return -kind;
    if (path.length >= (nameLength[0] ?? 0) || bytes.length > (dataLength[0] ?? 0)) return 234;
    name.write(`${path}\0`, 'utf16le');
    nameLength[0] = path.length;
    type[0] = kind;
    bytes.copy(data);
    dataLength[0] = bytes.length;
    return 0;
  }

  close(opened: bigint): number {
    expect(opened).toBe(7n);
    this.isOpen -= 1;
    return 0;
  }

  isAdministrator = (): boolean => this.administrator;
}

async function read(values: Values, more = {}) {
  const registry = new FakeRegistry(values, more);
  const { sources, faults } = await policyRegistry(async () => registry);
  expect(registry.isOpen).toBe(0);
  return { options: sources[0]?.options, faults: faults.map(faultText) };
}

const where = 'HKLM\\SOFTWARE\\Policies\\Thinline\\Options';

it('texts and numbers are options by their names', async () => {
  const values: Values = [
    ['policy.device.headset_name', text('Jabra é 日本')],
    ['', text('its own')],
    ['server:N', text('')],
    ['policy.session.vad_level', number(2)],
    ['system.diagnostics.log_file', [1, Buffer.from('no end', 'utf16le')]],
    ['policy.session.ringing_file', [1, Buffer.from('a\0b\0c', 'utf16le').subarray(0, 9)]],
  ];
  expect(await read(values)).toEqual({
    options: [
      ['policy.device.headset_name', 'Jabra é 日本'],
      ['server:N', ''],
      ['policy.session.vad_level', 2],
      ['system.diagnostics.log_file', 'no end'],
      ['policy.session.ringing_file', 'a'],
    ],
    faults: [],
  });
});

it('other kinds of values are none, and what is too long is left out', async () => {
  const values: Values = [
    ['a', [2, Buffer.from('%PATH%\0', 'utf16le')]],
    ['b', [4, Buffer.alloc(3)]],
    ['c', text('x'.repeat(5000))],
    ['x'.repeat(400), text('y')],
    ['d', text('z')],
  ];
  const tooLong = `${where}: the name or the text of one of its values is too long; it is left out.`;
  expect(await read(values)).toEqual({
    options: [
      ['a', null],
      ['b', null],
      ['d', 'z'],
    ],
    faults: [tooLong, tooLong],
  });
});

it('there is an end to them', async () => {
  const { options, faults } = await read(Array.from({ length: 5000 }, (_, n) => [`v${n}`, number(n)]));
  expect(options).toHaveLength(1000);
  expect(faults).toEqual([`${where}: only 1000 of its values are read; the others are left out.`]);
});

it('an error in the middle ends it, and what was read counts', async () => {
  const { options, faults } = await read([
    ['a', number(1)],
    ['b', [-1018, Buffer.alloc(0)]],
    ['c', number(1)],
  ]);
  expect(options).toEqual([['a', 1]]);
  expect(faults).toEqual([`${where}: it cannot be read to its end (error 1018); the rest is left out.`]);
});

it('where there is no key there is no policy, and one that cannot be read is told', async () => {
  expect(await read([], { openError: 2 })).toEqual({ options: undefined, faults: [] });
  expect((await read([], { openError: 5 })).faults).toEqual([
    `${where}: it cannot be read (error 5); nothing of it is used.`,
  ]);
  const { faults } = await policyRegistry(() => Promise.reject(new Error('no such DLL')));
  expect(faults.map(faultText)).toEqual([`${where}: it cannot be read (no such DLL); nothing of it is used.`]);
});

it('what users may write is refused', async () => {
  const values: Values = [['policy.session.vad_level', number(2)]];
  expect(await read(values, { writeError: 0 })).toEqual({
    options: undefined,
    faults: [`${where}: others than administrators may write it; nothing of it is used.`],
  });
  expect((await read(values, { writeError: 0, administrator: true })).options).toHaveLength(1);
});
