/** tar.gz of each half for macOS, and for Linux systems without dpkg, with an installer. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { place, placeText, tarGz } from './archive.ts';
import { configurationTemplate } from './configuration.ts';
import { installScript } from './install-script.ts';
import type { Kind } from './kinds.ts';
import { registerClients } from './linux-registrations.ts';
import { buildFolder, root } from './product.ts';
import { sampleSettings } from './sample-settings.ts';
import { fileStem, type Stage } from './stage.ts';

function archive(stage: Stage, out: string, fast: boolean): string {
  const { half, halfName, targetName } = stage;
  const folder = join(buildFolder, 'archive', fileStem(stage));
  const files = join(folder, 'files');
  rmSync(folder, { recursive: true, force: true });
  cpSync(stage.folder, files, { recursive: true });
  const system = targetName.startsWith('darwin') ? 'macos' : 'linux';
  placeText(installScript(halfName, targetName), join(folder, 'install.sh'), 0o755);
  placeText(sampleSettings(halfName, system), join(folder, 'thinline_silent.ini.sample'));
  if (halfName === 'app') placeText(configurationTemplate(), join(files, 'Softphone.config.template'));
  if (system === 'linux') {
    for (const name of [`${half.program}.service`, 'autostart.desktop', 'start-in-session']) {
      place(join(root, 'packaging/linux', name), join(folder, 'system', name));
    }
    const entry = join(root, 'packaging/linux/thinline.desktop');
    if (halfName === 'app') place(entry, join(folder, 'system/thinline.desktop'));
    const icon = join(root, 'packages/app-layer/ui/public/favicon.svg');
    if (halfName === 'app') place(icon, join(files, 'thinline.svg'));
    const register = registerClients(targetName);
    if (halfName === 'adapter') placeText(register, join(folder, 'system/register-clients'), 0o755);
  }
  place(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  placeText(readFileSync(join(files, `${half.program}.cdx.json`), 'utf8'), join(folder, `${half.program}.cdx.json`));
  const file = join(out, `${fileStem(stage)}.tar.gz`);
  tarGz(folder, file, fast);
  return file;
}

export const unixArchive: Kind = {
  targets: ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'],
  make: (stages, out, fast) => Object.values(stages).map((stage) => archive(stage, out, fast)),
};
