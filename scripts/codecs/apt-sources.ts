/** Where apt finds Debian's source packages: the entries of the system for binary ones, made into entries for sources. */

function ofStanza(stanza: string): string | null {
  const isDebian = /^Types:.*\bdeb(\s|$)/m.test(stanza) && /^URIs:.*\/debian/m.test(stanza);
  if (!isDebian || /^Enabled:\s*no\b/im.test(stanza)) return null;
  return stanza.replace(/^Types:.*$/m, 'Types: deb-src').trim();
}

function ofLine(line: string): string | null {
  const [, rest] = /^deb\s+((?:\[[^\]]*\]\s+)?\S+\/debian.*)$/.exec(line.trim()) ?? [];
  return rest === undefined ? null : `deb-src ${rest}`;
}

/** The text of a file of sources.list.d (or sources.list itself) for sources alone; empty where none of it is Debian's. */
export function sourceEntries(fileName: string, text: string): string {
  if (!fileName.endsWith('.sources')) return `${text.split('\n').map(ofLine).filter(Boolean).join('\n')}\n`.trimStart();
  return `${text
    .split(/\n\s*\n/)
    .map(ofStanza)
    .filter(Boolean)
    .join('\n\n')}\n`.trimStart();
}
