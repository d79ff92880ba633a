/** The machine's own Chromium, without a window. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];

/** @throws Error saying how to install it, when there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = places.find((path) => path !== undefined && existsSync(path));
  if (!executablePath) {
    throw new Error(
      'Chromium is not installed, and the tests of the panel need it: run "npm run peers", or set CHROMIUM to its path.',
    );
  }
  // The sandbox needs rights that containers and CI runners seldom give; the only page it opens is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}
