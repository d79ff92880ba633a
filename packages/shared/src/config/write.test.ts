import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './encoding.ts';
import { readSoftphoneConfig } from './softphone-config.ts';
import { changeSetting } from './write.ts';

const shipped = readFileSync(new URL('testing/Softphone.config', import.meta.url), 'utf8');
const paths = [...readSoftphoneConfig(shipped).settings.keys()];

const valueAt = (text: string, path: string) => readSoftphoneConfig(text).settings.get(path)?.value;

/** What is left of both where they differ. */
function difference(before: string, after: string): [string, string] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

describe('changeSetting', () => {
  it('changes the value, and nothing else', () => {
    const changed = changeSetting(shipped, 'policy.session.vad_level', '3');
    expect(valueAt(changed, 'policy.session.vad_level')).toBe('3');
    expect(difference(shipped, changed)).toEqual(['1', '3']);
  });

  const writable = fc
    .string({ unit: 'binary' })
    .filter((it) => /^[\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(it));

  it('reads back what it wrote, with all other settings as they were, in every encoding', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        writable,
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
        fc.constantFrom('\n', '\r\n'),
        (path, value, name, lineEnd) => {
          const text = shipped
            .replaceAll('\n', lineEnd)
            .replace('encoding="utf-8"', name === 'windows-1252' ? `encoding="${name}"` : '');
          const bytes = encode(text, { name, byteOrderMark: name.startsWith('utf-16') });
          const file = decode(bytes);
          const changed = decode(encode(changeSetting(file.text, path, value), file.encoding));
          expect(changed.encoding).toEqual(file.encoding);
          const before = readSoftphoneConfig(file.text);
          const expected = new Map(before.settings).set(path, {
            value: value.trim(),
            line: before.settings.get(path)?.line ?? 0,
          });
          expect(readSoftphoneConfig(changed.text)).toEqual({ ...before, settings: expected });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives the file back as it was where the old value is written again', () => {
    for (const path of paths) {
      const old = valueAt(shipped, path) ?? '';
      expect(changeSetting(changeSetting(shipped, path, 'other & "new"'), path, old)).toBe(shipped);
    }
  });

  it('keeps comments, unknown things, quotes and the order of attributes', () => {
    const text = `<r>\r\n<!-- keep --><CONTAINER NAME='G' x="1"><s><Domain Name='policy'><Section name="session">\r\n\t<odd/><Setting  value = '1'  name='auto_answer' note="n"/> <!-- and this -->\r\n</Section></Domain></s></CONTAINER>\r\n</r>`;
    expect(changeSetting(text, 'policy.session.AUTO_ANSWER', `it's`)).toBe(text.replace("'1'", "'it&apos;s'"));
  });

  it('changes the last of two, which is the one that counts', () => {
    const text =
      '<r><Container name="G"><s><domain name="a"><setting name="b" value="1"/><setting name="b" value="2"/></domain></s></Container></r>';
    expect(changeSetting(text, 'a.b', '3')).toBe(text.replace('"2"', '"3"'));
  });

  it('gives a setting a value that it did not have', () => {
    const text = '<r><Container name="G"><s><domain name="a"><setting name="b"/></domain></s></Container></r>';
    expect(changeSetting(text, 'a.b', '3')).toBe(text.replace('<setting', '<setting value="3"'));
  });

  it('puts a new setting at the end of its section', () => {
    const changed = changeSetting(shipped, 'policy.device.follow', '0');
    expect(difference(shipped, changed)).toEqual(['', expect.stringContaining('<setting name="follow" value="0"/>')]);
    expect(changed).toContain(
      '          <setting name="use_headset" value="0"/>\n          <setting name="follow" value="0"/>\n        </section>',
    );
  });

  it('makes the sections that a new setting needs', () => {
    const mailbox = changeSetting(shipped, 'proxies.proxy0.mailbox.user', '7000');
    expect(mailbox).toContain(
      [
        '          </section>',
        '          <section name="mailbox">',
        '            <setting name="user" value="7000"/>',
        '          </section>',
        '        </section>',
        '      </domain>',
      ].join('\n'),
    );
    const other = changeSetting(shipped.replaceAll('\n', '\r\n'), 'extra.one.two', '<"3">');
    expect(other).toContain(
      [
        '      </domain>',
        '      <domain name="extra">',
        '        <section name="one">',
        '          <setting name="two" value="&lt;&quot;3&quot;&gt;"/>',
        '        </section>',
        '      </domain>',
        '    </settings>',
      ].join('\r\n'),
    );
    expect(valueAt(other, 'extra.one.two')).toBe('<"3">');
  });

  it('opens a section that was empty, and takes the dots of a codec as its own', () => {
    const changed = changeSetting(shipped, 'codecs.PCMU/8000.ptime', '40');
    expect(changed).toContain(
      '        <section name="PCMU/8000">\n          <setting name="ptime" value="40"/>\n        </section>',
    );
    const dotted = changeSetting(shipped, 'codecs.G.711/8000.ptime', '40');
    expect(dotted).toContain('<section name="G.711/8000">');
    expect(valueAt(dotted, 'codecs.G.711/8000.ptime')).toBe('40');
  });

  it('makes lines of what stands in one line', () => {
    const text = '<r><Container name="G"><s><domain name="a"></domain></s></Container></r>';
    expect(changeSetting(text, 'a.b', '1')).toBe(
      text.replace('</domain>', '\n  <setting name="b" value="1"/>\n</domain>'),
    );
  });

  it('changes lines of the Basic container, and adds the next one', () => {
    expect(changeSetting(shipped, 'user:1', '7001')).toBe(shipped.replace('"dn1"', '"7001"'));
    const third = changeSetting(shipped, 'user:2', '7002');
    expect(third).toContain('protocol="udp"/>\n    <Connectivity user="7002"/>\n  </Container>');
    expect(readSoftphoneConfig(changeSetting(third, 'server:2', 'sip.example.org')).connectivities[2]).toMatchObject({
      user: '7002',
      server: 'sip.example.org',
    });
  });

  it.each([
    ['a path that is none', shipped, 'auto_answer', 'no path of a setting'],
    ['a path with a hole', shipped, 'policy..x', 'no path of a setting'],
    ['a line after a gap', shipped, 'user:7', 'there is no Connectivity 7'],
    ['a file without a Basic container', '<r/>', 'user:0', 'there is no Connectivity 0'],
    ['a file without a container', '<r/>', 'a.b', 'there is no container'],
    ['a character that XML does not have', shipped, 'policy.session.auto_answer', 'cannot be written', '\u0001'],
    ['half a character', shipped, 'policy.session.auto_answer', 'cannot be written', '\ud800'],
  ])('refuses %s', (_, text, path, words, value = '1') => {
    expect(() => changeSetting(text, path, value)).toThrow(new RegExp(words));
    expect(() => changeSetting(text, path, value)).toThrow(RangeError);
  });
});
