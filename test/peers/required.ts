/** The real parts that tests are made against: which of them are here, and what is not tested without the others. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { namespacesMissing } from './namespaces.ts';

interface Required {
  program: string;
  /** What of Debian has it. */
  debianPackage: string;
  /** What the tests have it for. */
  use: string;
  /** Makes it print its version. */
  versionArgument: string;
}

const required: readonly Required[] = [
  {
    program: 'kamailio',
    debianPackage: 'kamailio',
    use: 'registering and calling over a real SIP server',
    versionArgument: '-v',
  },
  { program: 'baresip', debianPackage: 'baresip-core', use: 'calls with another phone', versionArgument: '-h' },
  { program: 'sipp', debianPackage: 'sip-tester', use: 'the rare and the wrong on the wire', versionArgument: '-v' },
  { program: 'pulseaudio', debianPackage: 'pulseaudio', use: 'sound from mouth to ear', versionArgument: '--version' },
  { program: 'pacat', debianPackage: 'pulseaudio-utils', use: 'sound from mouth to ear', versionArgument: '--version' },
  { program: 'chromium', debianPackage: 'chromium', use: 'the panel in a browser', versionArgument: '--version' },
  { program: 'tshark', debianPackage: 'tshark', use: 'another reader of our packets', versionArgument: '--version' },
  { program: 'ip', debianPackage: 'iproute2', use: 'hosts with a bad link between them', versionArgument: '-V' },
];

function pathOf(program: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders.filter((it) => it !== '')) {
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Whether all of these programs are here; for `describe.skipIf`, as npm test says aloud what is missing. */
export const hasPeers = (...programs: readonly string[]): boolean => programs.every((it) => pathOf(it) !== null);

/** A sentence for each part that is missing; empty when all is here. */
export function missingPeers(): string[] {
  const programs = required
    .filter(({ program }) => pathOf(program) === null)
    .map(
      ({ program, debianPackage, use }) =>
        `${program} is missing, so ${use} can't be tested; "npm run peers" installs it (Debian package ${debianPackage}).`,
    );
  const namespaces = namespacesMissing();
  return namespaces === null ? programs : [...programs, namespaces];
}

/** One line for each program that is here: its name and the version that it says. */
export function peerVersions(): string[] {
  return required.flatMap(({ program, versionArgument }) => {
    const file = pathOf(program);
    if (file === null) return [];
    const { stdout, stderr } = spawnSync(file, [versionArgument], { encoding: 'utf8', timeout: 10_000 });
    const line = `${stdout}\n${stderr}`.split('\n').find((it) => /\d+\.\d+/.test(it));
    return [`${program}: ${line?.trim() ?? 'unknown version'}`];
  });
}
