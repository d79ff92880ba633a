/** Where a call's quality is reported to (RFC 6035), as the configuration names it. */
import { readHostPort } from '../address.ts';
import { escapeUser, makeUri, readUri, type Uri, writeUri } from '../message/uri.ts';

const form = /^([^@\s;]+)@([^@\s;]+?)(?:;transport=(udp|tcp|tls))?$/i;

/**
 * USER@HOST[:PORT][;transport=udp|tcp|tls]; null for anything else. A port is always said, so that no SRV record is looked
 * for: UDP at 5060 unless the text says otherwise.
 */
export function readCollector(text: string): Uri | null {
  const [, user = '', place = '', named = 'udp'] = form.exec(text.trim()) ?? [];
  const found = place === '' ? null : readHostPort(place);
  if (!found) return null;
  const transport = named.toLowerCase();
  const port = found.port || (transport === 'tls' ? 5061 : 5060);
  const parameters = new Map([['transport', transport]]);
  return readUri(writeUri(makeUri({ user: escapeUser(user), host: found.host, port, parameters })));
}

/** By way of it alone, wherever the line's own servers are. */
export const routeTo = (collector: Uri): string =>
  `<${writeUri({ ...collector, user: '', parameters: new Map([...collector.parameters, ['lr', '']]) })}>`;
