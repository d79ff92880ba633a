/** What is installed on Windows, whichever installer does it. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { place, placeText, settle } from './archive.ts';
import { configurationTemplate } from './configuration.ts';
import { type HalfName, root, type Setting, settingsOf } from './product.ts';
import { sampleSettings } from './sample-settings.ts';
import type { Stage } from './stage.ts';
import { startProgram } from './windows-programs.ts';
import { windowsRegistrations } from './windows-registrations.ts';

/** Files that both halves have, in the same folder. */
export const sharedFiles: readonly string[] = ['thinline-start.exe', 'LICENSE.txt'];

/** Of InstallPath: Windows takes 259 characters with what is below it. */
export const longestPath = 150;

const ofOneInstallation = ['InstallPath', 'IPVersion', 'IPBuildNumber', 'PreserveConfigFile'];

/** What an upgrade takes from the installation before it. */
export const keptSettings = (half: HalfName): Setting[] =>
  settingsOf(half, 'windows').filter(({ key }) => !ofOneInstallation.includes(key));

/** How it starts when a user signs in, and when the phone is opened and doesn't run. */
export function startCommand(half: HalfName): string {
  const row = windowsRegistrations(half).find((it) => it.for === 'startup');
  if (!row) throw new Error(`${half} has nothing that starts.`);
  return String(row.value);
}

export function windowsPayload({ folder, half, halfName }: Stage, to: string): void {
  cpSync(folder, to, { recursive: true });
  place(startProgram(), join(to, 'thinline-start.exe'));
  place(join(root, 'LICENSE'), join(to, 'LICENSE.txt'));
  const lines = (text: string): string => text.replaceAll('\n', '\r\n');
  if (halfName === 'app') placeText(lines(configurationTemplate()), join(to, 'Softphone.config.template'));
  placeText(lines(sampleSettings(halfName, 'windows')), join(to, `${half.program}_silent.ini.sample`));
  const tooLong = readdirSync(to, { recursive: true }).find((path) => longestPath + 1 + path.length > 259);
  if (tooLong !== undefined) throw new Error(`${tooLong} is too long a path for an InstallPath of ${longestPath}.`);
  settle(to);
}
