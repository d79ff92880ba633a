import { describe, expect, it } from 'vitest';
import { outputsFrom, type Surroundings } from './outputs.ts';

const linux: Surroundings = {
  platform: 'linux',
  env: { LOGS: '/var/log', EMPTY: '' },
  home: '/home/ada',
  temporary: '/tmp',
  folder: '/opt/phone',
};
const windows: Surroundings = {
  platform: 'win32',
  env: { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' },
  home: 'C:\\Users\\ada',
  temporary: 'C:\\Temp',
  folder: 'C:\\Phone',
};

const file = (folder: string, name: string) => ({ kind: 'file', folder, name });
const outputs = (text: string, where = linux) => outputsFrom(text, '', where);

describe('outputs', () => {
  it.each([
    ['', [{ kind: 'stderr' }]],
    [' , ', [{ kind: 'stderr' }]],
    ['stdout', [{ kind: 'stdout' }]],
    ['StdErr,stdout,stderr', [{ kind: 'stderr' }, { kind: 'stdout' }]],
    ['stdout, Softphone.log', [{ kind: 'stdout' }, file('/opt/phone', 'Softphone')]],
    ['logs/a b.LOG', [file('/opt/phone/logs', 'a b')]],
    ['a.log,./a.log', [file('/opt/phone', 'a')]],
    ['phone.txt', [file('/opt/phone', 'phone.txt')]],
    ['/x/y.log', [file('/x', 'y')]],
    ['~/y.log', [file('/home/ada', 'y')]],
    ['%LOGS%/a.log', [file('/var/log', 'a')]],
    ['$LOGS/a.log', [file('/var/log', 'a')]],
    ['$\u007bLOGS}/a.log', [file('/var/log', 'a')]],
    ['%LOCALAPPDATA%\\Genesys\\logs\\Softphone.log', [file('/home/ada/.local/state/Genesys/logs', 'Softphone')]],
    ['%AppData%\\a.log', [file('/home/ada/.config', 'a')]],
    ['%USERPROFILE%\\a.log', [file('/home/ada', 'a')]],
    ['%TEMP%\\a.log,%TMP%\\b.log', [file('/tmp', 'a'), file('/tmp', 'b')]],
  ])('of "%s"', (text, expected) => {
    expect(outputs(text)).toEqual({ outputs: expected, unresolved: [] });
  });

  it.each([
    ['Softphone.log', 'C:\\Phone', 'Softphone'],
    ['%LOCALAPPDATA%\\Genesys\\logs\\Softphone.log', 'C:\\Users\\ada\\AppData\\Local\\Genesys\\logs', 'Softphone'],
    ['D:/logs/$LOGS.log', 'D:\\logs', '$LOGS'],
  ])('of "%s" on Windows', (text, folder, name) => {
    expect(outputs(text, windows)).toEqual({ outputs: [file(folder, name)], unresolved: [] });
  });

  it.each(['%NONE%/a.log', '$NONE/a.log', '%EMPTY%/a.log'])('with a variable that is not set: %s', (text) => {
    expect(outputs(text)).toEqual({ outputs: [{ kind: 'stderr' }], unresolved: [text] });
    expect(outputs(`stdout,${text}`)).toEqual({ outputs: [{ kind: 'stdout' }], unresolved: [text] });
  });

  it('of the two halves are kept apart', () => {
    expect(outputsFrom('stdout,Softphone.log', '-adapter', linux).outputs).toEqual([
      { kind: 'stdout' },
      file('/opt/phone', 'Softphone-adapter'),
    ]);
  });

  it('are eight at the most', () => {
    const many = Array.from({ length: 100 }, (_, n) => `${n}.log`).join(',');
    expect(outputs(many).outputs).toHaveLength(8);
  });
});

it('names a file once, with or without its ending', () => {
  expect(outputs('Softphone.log,Softphone').outputs).toHaveLength(1);
});
