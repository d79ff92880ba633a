/** The script that makes plugins known to the remoting clients of a Linux machine, filled in from the table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registrations, root, type TargetName } from './product.ts';

const multiarch = (target: TargetName): string => (target === 'linux-arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu');

/** plugins: the folder that they are installed in, a word of the shell; by default that beside the script. */
export function registerClients(target: TargetName, plugins = '"$own/plugins"'): string {
  const { links, moduleIni } = registrations.linux;
  const lines = links.map((it) =>
    `link ${it.plugin} ${it.client} ${it.plugins}`.replaceAll('@MULTIARCH@', multiarch(target)),
  );
  return readFileSync(join(root, 'packaging/linux/register-clients'), 'utf8')
    .replace('@PLUGINS@', () => plugins)
    .replace('@LINKS@', () => lines.join('\n'))
    .replace('@MODULE_INIS@', moduleIni.join(' '));
}
