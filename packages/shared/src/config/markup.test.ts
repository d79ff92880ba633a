import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Element, escaped, parseMarkup } from './markup.ts';

const names = fc.constantFrom('a', 'Setting', 'x:section', 'b-1', 'ü');
/** What XML 1.0 has characters for; without those that the other parser takes for line ends, as XML 1.1 does. */
const values = fc
  .string({ unit: 'binary' })
  .map((it) => it.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u0085\u2028]/gu, ''));
const space = fc.constantFrom('', ' ', '\n', '\r\n\t', '<!-- <a b="c"> -->', '<?p <a>?>');

/** A well-formed element, and what its attributes and those below are worth. */
interface Tree {
  text: string;
  all: string[];
}
const { tree } = fc.letrec<{ tree: Tree; inner: Tree }>((tie) => ({
  inner: fc.oneof({ maxDepth: 3, depthIdentifier: 'tree' }, fc.constant<Tree>({ text: '<a/>', all: [] }), tie('tree')),
  tree: fc
    .tuple(
      names,
      fc.uniqueArray(fc.tuple(names, values, fc.constantFrom('"', "'"), fc.boolean()), {
        selector: ([name]) => name,
        maxLength: 3,
      }),
      fc.array(fc.tuple(space, tie('inner')), { maxLength: 3 }),
      space,
      fc.boolean(),
    )
    .map(([name, attributes, children, end, short]) => {
      const inside = children.map(([before, child]) => before + child.text).join('');
      const head = attributes.map(([key, value, quote, wide]) => {
        const equals = wide ? ' = ' : '=';
        return ` ${key}${equals}${quote}${escaped(value, quote)}${quote}`;
      });
      const open = `<${name}${head.join('')}`;
      return {
        text: short && children.length === 0 ? `${open} />` : `${open}>${inside}${end}</${name}>`,
        all: [...attributes.map(([, value]) => value), ...children.flatMap(([, child]) => child.all)],
      };
    }),
}));

const attributesIn = (element: Element): string[] => [
  ...element.attributes.map((it) => it.value),
  ...element.children.flatMap(attributesIn),
];

describe('parseMarkup', () => {
  it('reads every attribute of what is well-formed as it was meant, and as another parser does', () => {
    fc.assert(
      fc.property(tree, ({ text, all }) => {
        expect(attributesIn(parseMarkup(text))).toEqual(all);
        const document = new DOMParser().parseFromString(`<w xmlns:x="urn:x">${text}</w>`, 'text/xml');
        const others = [...document.getElementsByTagName('*')]
          .slice(1)
          .flatMap((it) => [...it.attributes].map((one) => one.value));
        expect(others).toEqual(all);
      }),
      { numRuns: 150 },
    );
  });

  it('knows where each part stands', () => {
    fc.assert(
      fc.property(tree, ({ text }) => {
        const check = (element: Element): void => {
          expect(text.slice(element.start, element.nameEnd)).toBe(`<${element.tag}`);
          expect(text[element.tagEnd - 1]).toBe('>');
          if (element.close === null) expect(text[element.tagEnd - 2]).toBe('/');
          else expect(text.startsWith(`</${element.tag}`, element.close)).toBe(true);
          for (const { start, end, quote } of element.attributes)
            expect([text[start - 1], text[end]]).toEqual([quote, quote]);
          expect(element.line).toBe(text.slice(0, element.start).split(/\r\n|\r|\n/).length);
          element.children.forEach(check);
        };
        check(parseMarkup(text));
      }),
      { numRuns: 150 },
    );
  });

  it('answers whatever it is given', () => {
    const soup = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '"',
        "'",
        '=',
        '&',
        ';',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        'a',
        ' ',
        '\n',
      ),
    );
    fc.assert(
      fc.property(soup, (parts) => {
        try {
          parseMarkup(parts.join(''));
        } catch (error) {
          expect(error).toMatchObject({ message: expect.stringMatching(/^it is not well-formed XML$/) });
        }
      }),
      { numRuns: 500 },
    );
  });
});
