import { expect, it } from 'vitest';
import { sourceEntries } from './apt-sources.ts';

it('makes entries for sources of the stanzas of Debian', () => {
  const text = `Types: deb
# a remark
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb deb-src
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://deb.nodesource.com/node_20.x
Suites: nodistro

Enabled: no
Types: deb
URIs: http://deb.debian.org/debian
Suites: sid

Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm
`;
  expect(sourceEntries('debian.sources', text)).toBe(`Types: deb-src
# a remark
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb-src
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
`);
});

it('makes entries for sources of the lines of Debian', () => {
  const text = `# deb http://deb.debian.org/debian bookworm main
deb [signed-by=/usr/share/keyrings/debian.gpg] http://mirror.example/debian bookworm main
deb-src http://deb.debian.org/debian bookworm main
deb https://packages.example/other stable main
`;
  expect(sourceEntries('sources.list', text)).toBe(
    'deb-src [signed-by=/usr/share/keyrings/debian.gpg] http://mirror.example/debian bookworm main\n',
  );
  expect(sourceEntries('other.list', 'deb https://packages.example/other stable main\n')).toBe('');
});
