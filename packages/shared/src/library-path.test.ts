import { describe, expect, it } from 'vitest';
import { libraryPath, type Places } from './library-path.ts';

const windows = (there: readonly string[], path = ''): Places => ({
  platform: 'win32',
  program: 'C:\\Program Files\\Thinline\\thinline.exe',
  env: { SystemRoot: 'C:\\Windows', PATH: path },
  exists: (file) => there.includes(file),
});

describe('on Windows', () => {
  it('is beside the program, else in System32, else in a folder of PATH', () => {
    const beside = 'C:\\Program Files\\Thinline\\bcg729.dll';
    const system = 'C:\\Windows\\System32\\bcg729.dll';
    const listed = 'D:\\Codecs\\bcg729.dll';
    const path = 'E:\\Tools;D:\\Codecs\\';
    expect(libraryPath('bcg729.dll', windows([listed, system, beside], path))).toBe(beside);
    expect(libraryPath('bcg729.dll', windows([listed, system], path))).toBe(system);
    expect(libraryPath('bcg729.dll', windows([listed], path))).toBe(listed);
    expect(libraryPath('bcg729.dll', windows([], path))).toBeNull();
  });

  it('is never in the current folder, whatever PATH has', () => {
    const everywhere: Places = { ...windows([], '.;;C:;C:here;\\here;..\\there;here'), exists: () => true };
    const nowhere: Places = { ...everywhere, program: 'thinline.exe', env: { PATH: everywhere.env.PATH } };
    expect(libraryPath('bcg729.dll', nowhere)).toBeNull();
  });

  it('takes a share of the network', () => {
    const file = '\\\\server\\codecs\\bcg729.dll';
    expect(libraryPath('bcg729.dll', windows([file], '\\\\server\\codecs'))).toBe(file);
  });

  it('leaves paths as they are', () => {
    expect(libraryPath('C:\\Vendor\\wfapi64.dll', windows([]))).toBe('C:\\Vendor\\wfapi64.dll');
  });
});

it('is what it was on other systems, which never look in the current folder', () => {
  expect(libraryPath('libbcg729.so.0', { ...windows([]), platform: 'linux' })).toBe('libbcg729.so.0');
});
