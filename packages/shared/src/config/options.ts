/** The option table: every setting of Softphone.config, once. */
import type { Option } from './option.ts';
import { basicOptions } from './options/basic.ts';
import { codecOptions } from './options/codecs.ts';
import { connectorOptions } from './options/connector.ts';
import { deviceOptions } from './options/device.ts';
import { endpointOptions } from './options/endpoint.ts';
import { linkOptions } from './options/link.ts';
import { panelOptions } from './options/panel.ts';
import { proxyOptions } from './options/proxies.ts';
import { sessionOptions } from './options/session.ts';
import { systemOptions } from './options/system.ts';

const table = [
  ...basicOptions,
  ...endpointOptions,
  ...sessionOptions,
  ...deviceOptions,
  ...connectorOptions,
  ...linkOptions,
  ...panelOptions,
  ...codecOptions,
  ...proxyOptions,
  ...systemOptions,
] as const;

export type OptionPath = (typeof table)[number]['path'];

export const options: readonly (Option & { path: OptionPath })[] = table;

const byPath: ReadonlyMap<string, Option & { path: OptionPath }> = new Map(
  options.flatMap((option) =>
    [option.path, option.oldPath ?? option.path].map((path) => [path.toLowerCase(), option] as const),
  ),
);

export function optionAt(path: OptionPath): Option {
  const option = byPath.get(path.toLowerCase());
  if (!option) throw new RangeError(`no option ${path}`);
  return option;
}

/** The option that a setting is one of, in whatever case: "proxies.proxy2.password", "codecs.iLBC/8000.pt", "user:0". */
export const optionOf = (path: string): (Option & { path: OptionPath }) | undefined =>
  byPath.get(generalPath(path.toLowerCase()));

/** The path as the table has it: without the number of a line, or the name of a codec. Colons are as good as dots. */
function generalPath(path: string): string {
  const [, codec, key = ''] = /^codecs[.:](.+)[.:](\w+)$/.exec(path) ?? [];
  if (codec !== undefined && codec !== 'enabled') return `codecs.name.${key === 'pt' ? 'payload_type' : key}`;
  const [, attribute] = /^(user|server|protocol|transport)[.:](?:\d+|n)$/.exec(path) ?? [];
  if (attribute !== undefined) return `${attribute === 'transport' ? 'protocol' : attribute}:n`;
  return path.replaceAll(':', '.').replace(/^proxies\.proxy\d+\./, 'proxies.proxyn.');
}
