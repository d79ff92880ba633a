import { describe, expect, it } from 'vitest';
import { childrenOf, element, readXml, textAt, writeXml } from './xml.ts';

describe('reading XML', () => {
  it('knows local names only', () => {
    const root = readXml(
      '\uFEFF \r\n<?xml version="1.0" encoding="ISO-8859-1"?><p:a xmlns:p="urn:x" xmlns="urn:y" p:b="1" c="2">' +
        '<!-- x --><d> one <![CDATA[<two>]]> &amp; three </d><p:d/></p:a>',
    );
    expect(root?.name).toBe('a');
    expect([...(root?.attributes ?? [])]).toEqual([
      ['b', '1'],
      ['c', '2'],
    ]);
    expect(root && textAt(root, 'd')).toBe('one <two> & three');
    expect(root && childrenOf(root, 'd')).toHaveLength(2);
    expect(root && textAt(root, 'e', 'f')).toBe('');
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['an open element', '<a>'],
    ['crossed elements', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['an unbound prefix twice', '<p:a p:b="1" p:b="2"/>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ['an unknown entity', '<a>&e;</a>'],
    ['more than 64 KiB', `<a>${'x'.repeat(65_536)}</a>`],
    ['more than 16 levels', `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`],
    ['more than 512 children', `<a>${'<b/>'.repeat(513)}</a>`],
    ['more than 2,048 tags', `<a>${'<b><c/></b>'.repeat(700)}</a>`],
  ])('refuses %s', (_, text) => {
    expect(readXml(text)).toBeNull();
  });

  it('reads up to its bounds', () => {
    expect(readXml(`${'<a>'.repeat(16)}${'</a>'.repeat(16)}`)).not.toBeNull();
    expect(readXml(`<a>${'<b/>'.repeat(512)}</a>`)?.children).toHaveLength(512);
  });
});

describe('writing XML', () => {
  it('escapes, and is plain ASCII', () => {
    const text = 'a<b>&"\'é\u{1F600}\u0000\ud800\n';
    const written = writeXml(element('x', [element('y', text), element('z')], { k: text }));
    expect(written).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(written).toContain('<z/></x>');
    const root = readXml(written);
    expect(root && textAt(root, 'y')).toBe('a<b>&"\'é\u{1F600}\uFFFD');
    expect(root?.attributes.get('k')).toContain('a<b>&"\'é');
  });
});
