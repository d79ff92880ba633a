/** The real parts that tests are made against: which of them are here, and what is not tested without the others. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasKamailioModules } from './kamailio-process.ts';
import { namespacesMissing } from './namespaces.ts';

interface Required {
  program: string;
  /** What of Debian has it. */
  debianPackage: string;
  /** What the tests have it for. */
  use: string;
}

const required: readonly Required[] = [
  { program: 'kamailio', debianPackage: 'kamailio', use: 'registering and calling over a real SIP server' },
  { program: 'baresip', debianPackage: 'baresip-core', use: 'calls with another phone' },
  { program: 'sipp', debianPackage: 'sip-tester', use: 'the rare and the wrong on the wire' },
  { program: 'pulseaudio', debianPackage: 'pulseaudio', use: 'sound from mouth to ear' },
  { program: 'pacat', debianPackage: 'pulseaudio-utils', use: 'sound from mouth to ear' },
  { program: 'chromium', debianPackage: 'chromium', use: 'the panel in a browser' },
  { program: 'openssl', debianPackage: 'openssl', use: 'TLS with right and wrong certificates' },
  { program: 'dnsmasq', debianPackage: 'dnsmasq-base', use: 'finding servers by DNS' },
  { program: 'ffmpeg', debianPackage: 'ffmpeg', use: 'codecs, decoded by another program' },
  { program: 'turnserver', debianPackage: 'coturn', use: 'sound through a TURN server' },
  { program: 'ip', debianPackage: 'iproute2', use: 'hosts with a bad link between them' },
  { program: 'xrdp', debianPackage: 'xrdp', use: 'a real remote desktop' },
  { program: 'Xorg', debianPackage: 'xorgxrdp', use: 'a real remote desktop' },
  { program: 'xfreerdp', debianPackage: 'freerdp2-x11', use: 'a real remote desktop' },
  { program: 'Xvfb', debianPackage: 'xvfb', use: 'a real remote desktop' },
  { program: 'pkg-config', debianPackage: 'pkg-config', use: 'the plugin for FreeRDP' },
  { program: 'secret-tool', debianPackage: 'libsecret-tools', use: 'keeping a password in a real keyring' },
  { program: 'gnome-keyring-daemon', debianPackage: 'gnome-keyring', use: 'keeping a password in a real keyring' },
  { program: 'dbus-run-session', debianPackage: 'dbus-daemon', use: 'keeping a password in a real keyring' },
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

const soundDriver = join(
  import.meta.dirname,
  `../../packages/endpoint-adapter/native/build/${process.platform}-${process.arch}/thinline-audio.node`,
);

/** Whether our own sound driver was built here; without it the phone is silent. */
export const hasSoundDriver = (): boolean => existsSync(soundDriver);

/** A sentence for each part that is missing; empty when all is here. */
export function missingPeers(): string[] {
  const programs = required
    .filter(({ program }) => pathOf(program) === null)
    .map(
      ({ program, debianPackage, use }) =>
        `${program} is missing, so ${use} can't be tested; "npm run peers" installs it (Debian package ${debianPackage}).`,
    );
  const driver = hasSoundDriver()
    ? []
    : [
        'The sound driver was not built, so our sound through real devices can\'t be tested; "npm run build:audio" says why.',
      ];
  const modules = hasKamailioModules('tls', 'websocket')
    ? []
    : [
        'Kamailio\'s modules for TLS and WebSocket are missing, so neither can be tested; "npm run peers" installs them (Debian packages kamailio-tls-modules, kamailio-websocket-modules).',
      ];
  return [...programs, ...driver, ...modules, namespacesMissing() ?? []].flat();
}
