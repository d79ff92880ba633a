/**
 * For eLux thin clients: what the maker's `epkg` builds a package from, and a provisional package. The layout of the maker's
 * .epm, .fpm and .sig files isn't public, so ours is a guess that nothing of the maker's has read: see docs/install/elux.md.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { place, placeText, settle, sourceDate, tarGz } from './archive.ts';
import type { Kind } from './kinds.ts';
import { registerClients } from './linux-registrations.ts';
import { buildFolder, name, publisher, root, summary, version } from './product.ts';
import { signDetached } from './sign.ts';
import type { Stage } from './stage.ts';

/** eLux RP 6 with 64 bits, and eLux 7: bits of the maker's list of containers. */
const containers = 1024 | 2048;
const folder = '/opt/thinline';

/** The description that the maker's tool reads: the package, and its only feature. */
function description(): string {
  return [
    '[EPM]',
    'name=thinline-adapter',
    `version=${version}`,
    `description=${name} endpoint adapter`,
    `copyright=${publisher}, Apache License 2.0`,
    'category=Communication',
    'conflicts=',
    `containers=${containers}`,
    '[FPM1]',
    'name=thinline-adapter',
    `version=${version}`,
    `description=${summary}`,
    `copyright=${publisher}, Apache License 2.0`,
    'category=Communication',
    'conflicts=',
    `containers=${containers}`,
    'installoption=mandatory',
    '',
  ].join('\n');
}

const readme = `The sources of the package thinline-adapter ${version} for eLux, for the maker's tool:

  epkg Build --container=rp6_x64
  epkg Build --container=elux7

input/ebkepm describes the package and its feature; input/thinline-adapter is what the thin client gets. To have it signed, name
the key and the certificate in /etc/epkg/settings.ini:

  [Signing]
  keyPath=KEY.pem
  certificatePath=CERTIFICATE.pem

Tried with none of the maker's tools: nobody of us has them.
`;

/** What the thin client gets. */
function payload(stage: Stage, to: string): void {
  const own = join(to, folder);
  cpSync(stage.folder, own, { recursive: true });
  placeText(registerClients(stage.targetName, `${folder}/plugins`), join(own, 'register-clients'), 0o755);
  const unit = readFileSync(join(root, 'packaging/linux/thinline-adapter.service'), 'utf8')
    .replace('@PROGRAM@', `${folder}/thinline-adapter`)
    .replace('@SETTINGS@', '/setup/thinline-adapter.options')
    .replace('@DOCUMENTS@', folder)
    // Which number a thin client's only user has is the maker's business.
    .replace('ConditionUser=!@system', 'ConditionUser=!root');
  const units = join(to, 'usr/lib/systemd/user');
  placeText(unit, join(units, 'thinline-adapter.service'));
  mkdirSync(join(units, 'default.target.wants'));
  symlinkSync('../thinline-adapter.service', join(units, 'default.target.wants/thinline-adapter.service'));
  place(join(root, 'LICENSE'), join(own, 'LICENSE'));
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function provisional(tree: string, out: string, fast: boolean): string[] {
  const stem = join(out, `thinline-adapter-${version}.UC_RP6_X64-1.0.provisional`);
  const [feature, list] = [`${stem}.fpm`, `${stem}.epm`];
  rmSync(feature, { force: true });
  const words = ['-noappend', '-all-root', '-no-xattrs', '-quiet', '-no-progress', '-comp', fast ? 'gzip' : 'xz'];
  execFileSync('mksquashfs', [tree, feature, ...words], {
    stdio: 'pipe',
    env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) },
  });
  placeText(`${description()}file=${basename(feature)}\nsha256=${sha256(feature)}\n`, list);
  return [feature, list, ...[feature, list].flatMap((file) => signDetached(file) ?? [])];
}

export const elux: Kind = {
  targets: ['linux-x64'],
  make({ adapter }, out, fast) {
    const sources = join(buildFolder, 'elux', `thinline-adapter-${version}-elux-epkg`);
    rmSync(sources, { recursive: true, force: true });
    const tree = join(sources, 'input/thinline-adapter');
    payload(adapter, tree);
    placeText(description(), join(sources, 'input/ebkepm'));
    placeText(readme, join(sources, 'README.txt'));
    settle(sources);
    const archive = join(out, `${basename(sources)}.tar.gz`);
    tarGz(sources, archive, fast);
    return [archive, ...provisional(tree, out, fast)];
  },
};
