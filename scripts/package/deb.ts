/** .deb packages of both halves: Debian, Ubuntu, HP ThinPro. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { place, placeText, settle, sourceDate } from './archive.ts';
import { configurationTemplate } from './configuration.ts';
import type { Kind } from './kinds.ts';
import { registerClients } from './linux-registrations.ts';
import {
  buildFolder,
  type HalfName,
  publisher,
  registrations,
  root,
  silentFiles,
  type TargetName,
  version,
} from './product.ts';
import { sampleSettings } from './sample-settings.ts';
import { shellSettings } from './shell-settings.ts';
import type { Stage } from './stage.ts';

/** Debian's names for machines, and for the folders of their libraries. */
const architectures: Readonly<Partial<Record<TargetName, { name: string; multiarch: string }>>> = {
  'linux-x64': { name: 'amd64', multiarch: 'x86_64-linux-gnu' },
  'linux-arm64': { name: 'arm64', multiarch: 'aarch64-linux-gnu' },
};

const library = '/usr/lib/thinline';

/** What there is to say of each: what it depends on beside the C library, and the files that its scripts write. */
const about: Readonly<Record<HalfName, { control: string[]; ownFiles: string[]; configure: string }>> = {
  app: {
    // In a virtual desktop the adapter is at the endpoint, and would only be in the way.
    control: ['Recommends: xdg-utils', 'Suggests: thinline-adapter, libnotify-bin'],
    ownFiles: ['/etc/thinline/Softphone.config', '/etc/default/thinline'],
    configure: [
      `write_configuration ${library}/Softphone.config.template /etc/thinline/Softphone.config`,
      'if [ ! -e /etc/default/thinline ]; then',
      '    options="--config /etc/thinline/Softphone.config"',
      '    [ "$setting_DeploymentType" != Std ] || options="--standalone $options"',
      `    printf '# What thinline is started with: see thinline --help\\nTHINLINE_OPTIONS=%s\\n' "$options" \\`,
      '        > /etc/default/thinline || fail 6 "/etc/default/thinline can\'t be written."',
      'fi',
    ].join('\n'),
  },
  adapter: {
    control: ['Recommends: libpulse0 | libasound2', 'Suggests: libbcg729-0'],
    ownFiles: ['/etc/default/thinline-adapter'],
    configure: [
      'if [ ! -e /etc/default/thinline-adapter ]; then',
      `    printf '# What thinline-adapter is started with: see thinline-adapter --help\\nTHINLINE_ADAPTER_OPTIONS=\\n' \\`,
      '        > /etc/default/thinline-adapter || fail 6 "/etc/default/thinline-adapter can\'t be written."',
      'fi',
    ].join('\n'),
  },
};

const descriptions: Readonly<Record<HalfName, string>> = {
  app: 'softphone for virtual desktops, the half in the desktop\n Panel, control and the connection to the endpoint adapter.',
  adapter:
    'softphone for virtual desktops, the half at the endpoint\n Signalling, sound and devices, and plugins for remoting clients.',
};

const readSettingsFile = readFileSync(join(root, 'packaging/debian/read-settings'), 'utf8').replace(
  '@FILES@',
  silentFiles.map((file) => `/etc/thinline/${file}`).join(' '),
);

function script(name: string, { halfName, half, besides }: Stage): string {
  const text = readFileSync(join(root, 'packaging/debian', name), 'utf8');
  const { ownFiles, configure } = about[halfName];
  const register = halfName === 'adapter' ? `${library}/register-clients` : ':';
  const facts: Record<string, string> = {
    SETTINGS_FUNCTIONS: `#!/bin/sh\n${shellSettings(halfName, 'debian')}`,
    PACKAGE: half.program,
    LIBRARY: library,
    SET: besides,
    READ: readSettingsFile,
    CONFIGURE: configure,
    REGISTER: halfName === 'adapter' ? `${register} add > /dev/null` : ':',
    UNREGISTER: halfName === 'adapter' ? `${register} remove > /dev/null` : ':',
    OWN_FILES: ownFiles.join(' '),
  };
  return text.replace(/@([A-Z_]+)@/g, (word, fact: string) => facts[fact] ?? word);
}

function unit(program: string): string {
  return readFileSync(join(root, `packaging/linux/${program}.service`), 'utf8')
    .replaceAll('@PROGRAM@', `/usr/bin/${program}`)
    .replaceAll('@SETTINGS@', `/etc/default/${program}`)
    .replaceAll('@DOCUMENTS@', `/usr/share/doc/${program}`);
}

function files(stage: Stage, tree: string): void {
  const { halfName, targetName, half, folder } = stage;
  const { program } = half;
  const own = join(tree, library);
  mkdirSync(own, { recursive: true });
  cpSync(join(folder, stage.program), join(own, program));
  cpSync(join(folder, stage.besides), join(own, stage.besides), { recursive: true });
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  symlinkSync(`../lib/thinline/${program}`, join(tree, 'usr/bin', program));
  placeText(unit(program), join(tree, 'usr/lib/systemd/user', `${program}.service`));
  const documents = join(tree, 'usr/share/doc', program);
  place(join(folder, `${program}.licenses.txt`), join(documents, 'copyright'));
  place(join(folder, `${program}.cdx.json`), join(documents, `${program}.cdx.json`));
  placeText(sampleSettings(halfName, 'debian'), join(documents, 'thinline_silent.ini'));
  if (halfName === 'app') {
    placeText(configurationTemplate(), join(own, 'Softphone.config.template'));
    const entry = readFileSync(join(root, 'packaging/linux/thinline.desktop'), 'utf8');
    placeText(entry.replace('@PROGRAM@', '/usr/bin/thinline'), join(tree, 'usr/share/applications/thinline.desktop'));
    const icon = join(root, 'packages/app-layer/ui/public/favicon.svg');
    cpSync(join(folder, 'policies'), join(documents, 'policies'), { recursive: true });
    place(icon, join(tree, 'usr/share/icons/hicolor/scalable/apps/thinline.svg'));
  } else {
    cpSync(join(folder, 'plugins'), join(own, 'plugins'), { recursive: true });
    placeText(registerClients(targetName, `${library}/plugins`), join(own, 'register-clients'), 0o755);
  }
}

/** The clients' folders: whoever is installed there later gets the plugins, too. */
function triggers(multiarch: string): string {
  const { links, moduleIni } = registrations.linux;
  const folders = [
    ...links.map(({ client }) => client.replace('@MULTIARCH@', multiarch)),
    ...moduleIni.map((file) => dirname(dirname(file))),
  ];
  return [...new Set(folders)].map((it) => `interest-noawait ${it}\n`).join('');
}

function control(stage: Stage, architecture: string, tree: string): void {
  const { halfName, half } = stage;
  const size = execFileSync('du', ['-k', '-s', '--apparent-size', tree], { encoding: 'utf8' }).split('\t')[0];
  const lines = [
    `Package: ${half.program}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${publisher} <thinline@localhost.invalid>`,
    `Installed-Size: ${size}`,
    'Depends: libc6 (>= 2.28), libstdc++6 (>= 8), libgcc-s1 | libgcc1',
    ...about[halfName].control,
    'Section: comm',
    'Priority: optional',
    `Description: ${descriptions[halfName]}`,
  ];
  const folder = join(tree, 'DEBIAN');
  placeText(`${lines.join('\n')}\n`, join(folder, 'control'));
  for (const name of ['preinst', 'postinst', 'prerm', 'postrm'])
    placeText(script(name, stage), join(folder, name), 0o755);
}

export const deb: Kind = {
  targets: ['linux-x64', 'linux-arm64'],
  make(stages, out, fast) {
    return Object.values(stages).map((stage) => {
      const architecture = architectures[stage.targetName];
      if (!architecture) throw new Error(`Debian has no name for ${stage.targetName}.`);
      const stem = `${stage.half.program}_${version}_${architecture.name}`;
      const tree = join(buildFolder, 'deb', stem);
      rmSync(tree, { recursive: true, force: true });
      files(stage, tree);
      control(stage, architecture.name, tree);
      if (stage.halfName === 'adapter') placeText(triggers(architecture.multiarch), join(tree, 'DEBIAN/triggers'));
      settle(tree);
      const file = join(out, `${stem}.deb`);
      execFileSync(
        'dpkg-deb',
        ['--root-owner-group', ...(fast ? ['-Zgzip', '-z1'] : ['-Zxz']), '--build', tree, file],
        {
          stdio: 'pipe',
          env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) },
        },
      );
      return file;
    });
  },
};
