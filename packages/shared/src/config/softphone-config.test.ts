import { describe, expect, it } from 'vitest';
import { readSoftphoneConfig } from './softphone-config.ts';
import { UnreadableError } from './unreadable.ts';

const full = `<?xml version="1.0" encoding="utf-8"?>
<SoftphoneConfiguration>
  <Container name="Basic">
    <Connectivity user="701" server="sip.example.org:5060" protocol="TCP"/>
  </Container>
  <Container name="Genesys">
    <settings version="1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.genesyslab.com/sip">
      <domain name="policy">
        <section name="endpoint">
          <setting name="rtp_port_min" value=" 8000 "/>
        </section>
      </domain>
      <domain name="proxies">
        <section name="proxy0">
          <setting name="reg_timeout" value="60"/>
          <section name="nat"><setting name="ice_enabled" value="0"/></section>
          <setting name="reg_timeout" value="90"/>
        </section>
      </domain>
    </settings>
  </Container>
</SoftphoneConfiguration>
`;

const values = (text: string) =>
  Object.fromEntries([...readSoftphoneConfig(text).settings].map(([path, it]) => [path, it.value]));

describe('readSoftphoneConfig', () => {
  it('reads lines and settings, with where they stand', () => {
    const config = readSoftphoneConfig(full);
    expect(config.connectivities).toEqual([{ user: '701', server: 'sip.example.org:5060', protocol: 'tcp', line: 4 }]);
    expect(Object.fromEntries(config.settings)).toEqual({
      'policy.endpoint.rtp_port_min': { value: '8000', line: 10 },
      'proxies.proxy0.reg_timeout': { value: '90', line: 17 },
      'proxies.proxy0.nat.ice_enabled': { value: '0', line: 16 },
    });
    expect(config.repeated).toEqual([{ path: 'proxies.proxy0.reg_timeout', line: 17, firstLine: 15 }]);
  });

  it.each([
    ['any root', full.replaceAll('SoftphoneConfiguration', 'x')],
    ['a root with a namespace', full.replace('<SoftphoneConfiguration>', '<SoftphoneConfiguration xmlns="urn:x">')],
    [
      'prefixes',
      full
        .replace('<SoftphoneConfiguration>', '<SoftphoneConfiguration xmlns:p="urn:x">')
        .replace(/<(\/?)(domain|section|setting)\b/g, '<$1p:$2'),
    ],
    [
      'upper case elements',
      full.replace(/<(\/?)(\w+)/g, (_, slash: string, name: string) => `<${slash}${name.toUpperCase()}`),
    ],
    [
      'lower case elements',
      full.replace(/<(\/?)(\w+)/g, (_, slash: string, name: string) => `<${slash}${name.toLowerCase()}`),
    ],
    ['Windows line ends', full.replaceAll('\n', '\r\n')],
    [
      'comments and unknown elements',
      full.replace('<domain name="policy">', '<!-- c --><new/><domain name="policy"><note name="n"/>'),
    ],
  ])('takes %s', (_, text) => {
    expect(readSoftphoneConfig(text).connectivities).toHaveLength(1);
    expect(values(text)).toEqual(values(full));
  });

  it('goes no deeper than anybody would write', () => {
    const deep = `<r><Container name="G"><s>${'<section name="a">'.repeat(50)}<setting name="b" value="c"/>${'</section>'.repeat(50)}</s></Container></r>`;
    expect(values(deep)).toEqual({});
  });

  it.each([
    ['a document type', '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>', 'a document type declaration is not allowed in it'],
    ['a document type in lower case', '<!doctype r><r/>', 'a document type declaration is not allowed in it'],
    ['more than 1 MiB', ' '.repeat(2 ** 20 + 1), 'the file is larger than 1 MiB'],
    ['nothing', '', 'line 1: it is not well-formed XML'],
    ['no XML', 'hello', 'line 1: it is not well-formed XML'],
    ['an entity that is none, in the text', '<r>\n\n a &nope;</r>', 'line 3: it is not well-formed XML'],
    ['a tag that is none', '<r>\n<1/></r>', 'line 2: it is not well-formed XML'],
    ['an end that is none', '<r>\n</r x>', 'line 2: it is not well-formed XML'],
    ['an attribute without quotes', '<r>\n<a b=c/></r>', 'line 2: it is not well-formed XML'],
    ['a character that is none', '<r a="&#0;"/>', 'line 1: it is not well-formed XML'],
    ['a character beyond all', '<r a="&#x110000;"/>', 'line 1: it is not well-formed XML'],
    ['65 levels', '<a>'.repeat(65), 'line 1: its elements are nested too deeply'],
    ['an element that is not closed', '<r>\n<a>\n</r>', 'line 2: it is not well-formed XML'],
    ['two roots', '<r/>\n<r/>', 'line 2: it is not well-formed XML'],
    ['an attribute twice', '<r>\n\n<a x="1" x="2"/></r>', 'line 3: it is not well-formed XML'],
    ['an entity that is none', '<r>&nope;</r>', 'line 1: it is not well-formed XML'],
  ])('refuses %s in one clause', (_, text, clause) => {
    const [, line = '0', problem = clause] = /^line (\d+): (.*)$/.exec(clause) ?? [];
    expect(() => readSoftphoneConfig(text)).toThrow(
      expect.objectContaining({ message: problem, line: Number(line), constructor: UnreadableError }),
    );
  });

  it.each([
    '<r><setting name="password" value="p&hunter2;"/></r>',
    '<r><setting name="password" value="hunter2></r>',
    '<setting name="password" value="hunter2/>\n\n<b/>',
    '<r><setting name="password" value="<hunter2"/></r>',
    '<r><hunter2></r>',
  ])('never quotes the file, which may hold a password: %s', (text) => {
    expect(() => readSoftphoneConfig(text)).toThrow(/^it is not well-formed XML$/);
  });
});
