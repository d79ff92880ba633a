/** A Windows to install on: Wine, with a drive of its own. */
import { type ExecFileException, execFile, execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const hasWine = (): boolean => spawnSync('wine', ['--version'], { stdio: 'ignore' }).status === 0;

export interface Wine {
  /** Its C:, as a folder of this machine. */
  drive: string;
  /** Exit code and what it printed. */
  run(...words: string[]): Promise<{ code: number; output: string }>;
  /** The same by a line of a command file, with quotation marks where nobody but Windows wants them. */
  line(text: string): Promise<{ code: number; output: string }>;
  /** A value of HKEY_LOCAL_MACHINE as text, or null. `view`: 64 or 32. */
  value(key: string, name: string, view?: number): Promise<string | null>;
  setValue(key: string, name: string, text: string, view?: number): Promise<void>;
  /** All of HKEY_LOCAL_MACHINE\\SOFTWARE, in both views, as .reg files have it. */
  registry(): Promise<string>;
  close(): Promise<void>;
}

const longest = 240_000;

/**
 * Without random addresses, where this machine lets us: Debian's Wine has no preloader, and the heap of its loader (at
 * 0x7d000000) may come to lie on 0x7ffe0000, which Windows gives to what programs share with it. Then it ends with 1.
 */
const fixedAddresses = spawnSync('setarch', ['-R', 'true'], { stdio: 'ignore' }).status === 0 ? 'setarch -R ' : '';

/** folder: of the test's, where the drive and what is printed go. Throws where Wine doesn't start. */
export async function openWine(folder: string): Promise<Wine> {
  const prefix = join(folder, 'wine');
  mkdirSync(prefix, { recursive: true });
  const env = { ...process.env, WINEPREFIX: prefix, WINEARCH: 'win64', WINEDEBUG: 'fixme-all', DISPLAY: '' };
  const printed = join(folder, 'printed.txt');

  // A pipe as an output is an error to what runs in Wine.
  const run: Wine['run'] = (...words) => {
    const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const script = `exec ${fixedAddresses}wine ${quoted} < /dev/null > '${printed}' 2> '${printed}.errors'`;
    return promisify(execFile)('sh', ['-c', script], { env, timeout: longest }).then(
      () => ({ code: 0, output: readFileSync(printed, 'latin1') }),
      (error: ExecFileException) => {
        if (typeof error.code !== 'number' || errors().includes('err:virtual:'))
          throw new Error(`${words.join(' ')}: ${error.message}\n${errors()}`);
        return { code: error.code, output: readFileSync(printed, 'latin1') };
      },
    );
  };
  const errors = (): string => readFileSync(`${printed}.errors`, 'latin1');
  const succeed = async (...words: string[]): Promise<void> => {
    const { code, output } = await run(...words);
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${output}${errors()}`);
  };

  // One that stays: a program that starts while the last one's server ends finds neither.
  const server = ['/usr/lib/wine/wineserver', '/usr/bin/wineserver'].find((path) => existsSync(path)) ?? 'wineserver';
  // It keeps the outputs that it is given.
  spawnSync(server, ['-p'], { env, stdio: 'ignore' });
  await succeed('winecfg', '-v', 'win10');
  const drive = join(prefix, 'drive_c');
  return {
    drive,
    run,
    line(text) {
      writeFileSync(join(drive, 'line.bat'), `@echo off\r\n${text}\r\nexit %errorlevel%\r\n`);
      return run('cmd', '/c', 'C:\\line.bat');
    },
    async value(key, name, view = 64) {
      const which = name === '' ? ['/ve'] : ['/v', name];
      const { code, output } = await run('reg', 'query', `HKLM\\${key}`, ...which, `/reg:${view}`);
      return code === 0 ? (/ {4}REG_\w+ {4}(.*?)\r?$/m.exec(output)?.[1] ?? '') : null;
    },
    async setValue(key, name, text, view = 64) {
      await succeed('reg', 'add', `HKLM\\${key}`, '/v', name, '/t', 'REG_SZ', '/d', text, '/f', `/reg:${view}`);
    },
    async registry() {
      const found: string[] = [];
      for (const view of ['64', '32']) {
        await succeed('reg', 'export', 'HKLM\\SOFTWARE', 'C:\\registry.reg', '/y', `/reg:${view}`);
        found.push(readFileSync(join(drive, 'registry.reg'), 'utf16le').replaceAll('\r', ''));
      }
      return found.join('\n');
    },
    async close() {
      spawnSync(server, ['-k'], { env, stdio: 'ignore' });
    },
  };
}

const holder = `
#include <windows.h>
int wmain(int count, WCHAR **words)
{
    HANDLE end = CreateEventW(NULL, TRUE, FALSE, L"thinline-holder");

    if (count < 2)
        return !SetEvent(end);
    if (LoadLibraryExW(words[1], NULL, DONT_RESOLVE_DLL_REFERENCES) == NULL)
        return 1;
    CloseHandle(CreateFileW(L"C:\\\\held", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    return WaitForSingleObject(end, INFINITE) != WAIT_OBJECT_0;
}
`;

/** A program that loads the library that it is given, makes C:\\held, and ends when it is run again without one. */
export function buildHolder(file: string): void {
  const flags = ['-municode', '-mconsole', '-xc', '-', '-o', file];
  execFileSync('x86_64-w64-mingw32-gcc', flags, { input: holder, stdio: ['pipe', 'inherit', 'inherit'] });
}

/** Wine 8 crashes in how Node.js 24 asks for memory; with another name it finds nothing there, and asks as before. */
export function forWine(program: string): void {
  const bytes = readFileSync(program);
  for (let at = bytes.indexOf('VirtualAlloc2\0'); at >= 0; at = bytes.indexOf('VirtualAlloc2\0', at + 1)) {
    bytes.write('X', at + 12, 'latin1');
  }
  const file = openSync(program, 'w');
  writeFileSync(file, bytes);
  closeSync(file);
}
