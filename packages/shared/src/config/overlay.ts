/** A Softphone.config with what somebody else says laid over it: an agent desktop, or the agent who signs in. */
import { type OptionPath, optionOf } from './options.ts';
import type { Setting, SoftphoneConfig } from './softphone-config.ts';

export interface OverlaidLine {
  user: string;
  /** host:port, or several with ";" between them. */
  server: string;
  protocol: string;
  /** Settings of the line's own section, by their names there: "password", "display_name". */
  own: Readonly<Record<string, string>>;
}

export interface Overlay {
  /** By their paths, with dots or colons, in whatever case. */
  options: ReadonlyMap<string, string>;
  /** Instead of those of the file; null: those of the file. */
  lines: readonly OverlaidLine[] | null;
}

/** No file says it, so there is no line of one. */
const nowhere = 0;

export function overlaid(file: SoftphoneConfig, { options, lines }: Overlay): SoftphoneConfig {
  const settings = new Map(file.settings);
  const connectivities = lines
    ? lines.map(({ user, server, protocol }) => ({ user, server, protocol: protocol.toLowerCase(), line: nowhere }))
    : file.connectivities.map((it) => ({ ...it }));
  for (const [path, value] of options) {
    const [, name = '', index = ''] = /^(user|server|protocol|transport)[.:](\d)$/i.exec(path) ?? [];
    const connectivity = connectivities[Number(index)];
    if (index === '') put(settings, path.replaceAll(':', '.'), value.trim());
    else if (connectivity) {
      const attribute = attributes[name.toLowerCase()] ?? 'user';
      connectivity[attribute] = attribute === 'protocol' ? value.trim().toLowerCase() : value.trim();
    }
  }
  // Before any line gets what is its own: they inherit from the file, not from each other.
  for (const index of (lines ?? []).keys()) inherit(settings, index);
  for (const [index, { own }] of (lines ?? []).entries()) {
    for (const [name, value] of Object.entries(own)) put(settings, `proxies.proxy${index}.${name}`, value);
  }
  return { connectivities, settings, repeated: file.repeated };
}

const attributes: Readonly<Record<string, 'user' | 'server' | 'protocol'>> = {
  user: 'user',
  server: 'server',
  protocol: 'protocol',
  transport: 'protocol',
};

/** In place of what is there under that path in any case. */
function put(settings: Map<string, Setting>, path: string, value: string): void {
  for (const known of settings.keys()) if (known.toLowerCase() === path.toLowerCase()) settings.delete(known);
  settings.set(path, { value, line: nowhere });
}

/** A section of its own takes nothing from the first one any more: so it begins as a copy. */
export function inherit(settings: Map<string, Setting>, index: number): void {
  const own = `proxies.proxy${index}.`;
  const first = 'proxies.proxy0.';
  const all = [...settings];
  if (index === 0 || all.some(([path]) => path.toLowerCase().startsWith(own))) return;
  for (const [path, setting] of all) {
    if (path.toLowerCase().startsWith(first)) settings.set(own + path.slice(first.length), setting);
  }
}

/** What the machine's administrator alone says: where files are, who may come in, what is trusted, what logs hide. */
const administrators: readonly RegExp[] = [
  /^policy\.(?:connector|link|panel)\./,
  /^system\.security\.(?:certificate|authorities|tls-target-name-check)$/,
  /^system\.diagnostics\.(?:log_file|log_filter)$/,
  // A path may lead to another machine, which a Windows endpoint would then log in to.
  /^(?:policy\.session|system\.media)\.\w+_file$/,
];

/** Who a line is: of a session that is over none of it is left. */
const isOfLine = (path: string): boolean =>
  /^(?:user|server|protocol|transport)[.:]/i.test(path) || /^proxies[.:]/i.test(path);

/** The option that an agent desktop may set by that path; null: there is none, or it is not a desktop's to set. */
export function optionForDesktop(path: string): OptionPath | null {
  const option = optionOf(path);
  return option && !administrators.some((it) => it.test(option.path)) ? option.path : null;
}

/** Of what a desktop said, that which may outlive its session. */
export const withoutLines = (options: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...options].filter(([path]) => !isOfLine(path)));
