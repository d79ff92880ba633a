/** Windows: the browser, words for who has no console to read them in, and how the phone is started at the sign-in. */
import { spawn } from 'node:child_process';
import { FailureError } from '@thinline/shared/failures.ts';

const machine = -0x7ffffffe;
/** RRF_RT_REG_SZ. */
const textOnly = 2;
const mostBytes = 8192;
/** SW_SHOWNORMAL. */
const shown = 1;
/** MB_ICONWARNING and MB_SETFOREGROUND. */
const warning = 0x1_0030;

/** Where the installer put the command; what starts with Windows is not there where that was not wanted. */
const places = [
  ['SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run', 'Thinline'],
  ['SOFTWARE\\Thinline\\thinline', 'Command'],
] as const;

/** All of these libraries are Windows' own wherever we are started. */
export async function showByWindows(url: string): Promise<void> {
  const koffi = await import('koffi');
  const execute: (owner: null, verb: string, file: string, words: null, folder: null, show: number) => number | bigint =
    koffi.load('shell32.dll').func('intptr_t __stdcall ShellExecuteW(void *, str16, str16, str16, str16, int)');
  const answer = Number(execute(null, 'open', url, null, null, shown));
  if (answer <= 32)
    throw new FailureError('panelNotOpened', { detail: `No browser was found (error ${answer} of Windows).` });
}

/** In a window, where the program has none of its own for words. Until somebody has read them. */
export async function sayByWindows(text: string): Promise<void> {
  const koffi = await import('koffi');
  const consoleWindow: () => unknown = koffi.load('kernel32.dll').func('void *__stdcall GetConsoleWindow()');
  if (consoleWindow() !== null) return;
  const say: (owner: null, text: string, title: string, kind: number) => number = koffi
    .load('user32.dll')
    .func('int32_t __stdcall MessageBoxW(void *, str16, str16, uint32_t)');
  say(null, text, 'Thinline', warning);
}

/** A program and what follows it, as it is; null: it is no such command. */
export function readCommand(text: string): { program: string; rest: string } | null {
  const [, program, rest = ''] = /^"([^"]+)"(?: +(.*))?$/s.exec(text) ?? [];
  return program === undefined ? null : { program, rest };
}

/** Whether there is a phone to start. Only administrators can have written what is run. */
export async function startByWindows(): Promise<boolean> {
  const koffi = await import('koffi');
  const value: (
    root: number,
    key: string,
    name: string,
    kinds: number,
    kind: null,
    data: Buffer,
    bytes: Uint32Array,
  ) => number = koffi
    .load('advapi32.dll')
    .func('int32_t __stdcall RegGetValueW(int64_t, str16, str16, uint32_t, void *, uint8_t *, uint32_t *)');
  for (const [key, name] of places) {
    const data = Buffer.alloc(mostBytes);
    const bytes = new Uint32Array([mostBytes]);
    if (value(machine, key, name, textOnly, null, data, bytes) !== 0) continue;
    // With the 0 at its end.
    const command = readCommand(data.toString('utf16le', 0, Math.max(0, (bytes[0] ?? 0) - 2)));
    if (!command) continue;
    const settings = { detached: true, stdio: 'ignore', windowsHide: true, windowsVerbatimArguments: true } as const;
    const child = spawn(command.program, [command.rest], settings);
    return new Promise((resolve) => {
      child.once('spawn', () => resolve(true)).once('error', () => resolve(false));
      child.unref();
    });
  }
  return false;
}
