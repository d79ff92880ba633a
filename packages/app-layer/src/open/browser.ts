/** Opens a page in the browser that the user has chosen. No shell reads its address. */
import { spawn } from 'node:child_process';
import { FailureError } from '@thinline/shared/failures.ts';
import { runProgram } from '../keyring/run-program.ts';
import { showByWindows } from './windows.ts';

/** How long it may take until a browser has taken it over, ms. */
const limit = 5000;

/** Whether there is a screen for a browser at all. */
export function hasScreen(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY, env.BROWSER].some(Boolean);
}

/** Rejects with FailureError panelNotOpened. url: http or https. */
export async function openBrowser(url: string): Promise<void> {
  // What answered us may be mistaken; a browser's opener would also run programs.
  if (!/^https?:\/\/[\w.:[\]-]+\/\?token=[\w-]+$/.test(url)) throw notOpened('The phone said no address of a panel.');
  if (!hasScreen(process.platform, process.env)) throw notOpened('There is no screen here that a browser could use.');
  switch (process.platform) {
    case 'win32':
      return showByWindows(url);
    case 'darwin':
      return openOnMac(url);
    default:
      return openByDesktop(url);
  }
}

const notOpened = (detail: string): FailureError => new FailureError('panelNotOpened', { detail });

/** There nobody can tell us whose a connection is, so that the address must not be in a command line for even a moment. */
async function openOnMac(url: string): Promise<void> {
  const { code } = await runProgram('/usr/bin/osascript', ['-'], { input: `open location "${url}"\n`, limit });
  if (code !== 0) throw notOpened('No browser could be told (by osascript).');
}

/** Some desktops' xdg-open lasts as long as the browser: one that goes on has opened it. */
function openByDesktop(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdg-open', [url], { detached: true, stdio: 'ignore' });
    const settle = (problem: string | null): void => {
      clearTimeout(timer);
      child.unref();
      if (problem === null) resolve();
      else reject(notOpened(problem));
    };
    const timer = setTimeout(settle, limit, null);
    child.once('error', () => settle('There is no xdg-open here.'));
    child.once('exit', (code) => settle(code === 0 ? null : `No browser was found (xdg-open ended with ${code}).`));
  });
}
