/** install.sh of the archives: settings, what the system wants, and the installer itself, in one file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HalfName, root, silentFiles, type TargetName } from './product.ts';
import { shellSettings } from './shell-settings.ts';

const machines: Readonly<Partial<Record<TargetName, string>>> = { 'linux-x64': 'x86_64', 'linux-arm64': 'aarch64' };

const text = (path: string): string => readFileSync(join(root, 'packaging', path), 'utf8');

export function installScript(half: HalfName, target: TargetName): string {
  const system = target.startsWith('darwin') ? 'macos' : 'linux';
  const parts = [shellSettings(half, system), text(`${system}/system.sh`), text('unix/install.sh')];
  return `#!/bin/sh\numask 022\n# Installs it: see install.sh --help.\nset -u\n${parts.join('\n')}`
    .replaceAll('@SILENT_FILES@', silentFiles.join(' '))
    .replaceAll('@MACHINE@', machines[target] ?? '');
}
