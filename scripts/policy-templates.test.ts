import { configurationFrom } from '@thinline/shared/config/configuration.ts';
import { type Element, parseMarkup } from '@thinline/shared/config/markup.ts';
import { optionAt, options } from '@thinline/shared/config/options.ts';
import { policyFrom, underPolicy } from '@thinline/shared/config/policy.ts';
import { readPolicyFile } from '@thinline/shared/config/policy-file.ts';
import { emptyConfig } from '@thinline/shared/config/softphone-config.ts';
import { expect, it } from 'vitest';
import { adml, admx, inTemplates, policyExample } from './policy-templates.ts';

// Names of elements and attributes are in lower case here.
const below = (element: Element): Element[] => element.children.flatMap((it) => [it, ...below(it)]);
const definitions = below(parseMarkup(admx()));
const words = below(parseMarkup(adml()));

const named = (all: readonly Element[], name: string): Element[] => all.filter((it) => it.name === name);
const of = (element: Element, name: string): string | undefined =>
  element.attributes.find((it) => it.name === name)?.value;
const every = (all: readonly Element[], element: string, attribute: string): string[] =>
  named(all, element).flatMap((it) => of(it, attribute) ?? []);
const policies = named(definitions, 'policy');
const templated = options.filter(inTemplates);

/** What "$(string.NAME)" and "$(presentation.NAME)" ask for. */
const asked = (kind: string): string[] =>
  [...admx().matchAll(/\$\((\w+)\.(\w+)\)/g)].flatMap(([, it, name = '']) => (it === kind ? [name] : []));

it('every option is a policy once, but secrets, names and what has the name of a codec in it', () => {
  const elements = ['decimal', 'text', 'enum'].flatMap((it) => every(definitions, it, 'valuename'));
  const switches = every(definitions, 'policy', 'valuename');
  expect([...elements, ...switches].toSorted()).toEqual(templated.map(({ path }) => path).toSorted());
  const left = options.filter((it) => !inTemplates(it)).map(({ path }) => path.replace(/\w+$/, ''));
  expect([...new Set(left)]).toEqual([
    'user:',
    'policy.connector.',
    'codecs.NAME.',
    'proxies.proxyN.',
    'proxies.proxyN.mailbox.',
    'proxies.proxyN.nat.',
  ]);
});

it.each([
  ['policy', 'name'],
  ['category', 'name'],
  ['string', 'id'],
  ['presentation', 'id'],
])('no two of "%s" have one name, and names have letters, digits and underscores', (element, attribute) => {
  const names = every([...definitions, ...words], element, attribute);
  expect(names.length).toBeGreaterThan(5);
  expect(new Set(names.map((it) => it.toLowerCase())).size).toBe(names.length);
  expect(names.filter((it) => !/^\w+$/.test(it))).toEqual([]);
});

it.each(['string', 'presentation'])('every %s that is asked for is there, and no other', (kind) => {
  expect([...new Set(asked(kind))].toSorted()).toEqual(every(words, kind, 'id').toSorted());
});

it('categories and systems that are referred to are there', () => {
  const categories = every(definitions, 'category', 'name');
  for (const parent of every(definitions, 'parentcategory', 'ref')) expect(categories).toContain(parent);
  const used = policies.flatMap((it) => every(below(it), 'parentcategory', 'ref'));
  expect(new Set(used).size).toBe(categories.length - 1);
  expect(new Set(every(definitions, 'supportedon', 'ref'))).toEqual(new Set(every(definitions, 'definition', 'name')));
});

it('each policy asks for its value in the form of its option', () => {
  const boxes = { integer: 'decimaltextbox', text: 'textbox', choice: 'dropdownlist' };
  for (const policy of policies) {
    const [element] = ['decimal', 'text', 'enum'].flatMap((it) => named(below(policy), it));
    const path = of(policy, 'valuename') ?? (element && of(element, 'valuename'));
    const option = optionAt(templated.find((it) => it.path === path)?.path ?? expect.fail(`${path}`));
    const presentation = words.find((it) => it.name === 'presentation' && of(it, 'id') === of(policy, 'name'));
    expect(of(policy, 'key')).toBe('SOFTWARE\\Policies\\Thinline\\Options');
    expect(of(policy, 'class')).toBe('Machine');
    if (option.type === 'boolean') {
      expect(below(policy).map((it) => [it.name, of(it, 'value')])).toEqual(
        expect.arrayContaining([
          ['enabledvalue', undefined],
          ['decimal', '1'],
          ['disabledvalue', undefined],
          ['decimal', '0'],
        ]),
      );
      expect(presentation).toBeUndefined();
      continue;
    }
    const [box] = presentation?.children ?? [];
    expect([box?.name, box && of(box, 'refid')]).toEqual([boxes[option.type], element && of(element, 'id')]);
    if (option.type === 'integer' && element) {
      expect([of(element, 'minvalue'), of(element, 'maxvalue')]).toEqual([`${option.min}`, `${option.max}`]);
      expect(box && of(box, 'defaultvalue')).toBe(`${option.default}`);
    }
    if (option.type === 'choice') {
      const values = [
        ...admx().matchAll(/<item displayName="\$\(string\.(\w+)_\d+\)"><value><string>(.*?)<\/string>/g),
      ];
      const own = values.filter(([, name]) => name === of(policy, 'name')).map(([, , value]) => value);
      expect(own).toEqual(option.choices);
      expect(option.choices?.[Number(box && of(box, 'defaultitem'))] ?? '').toBe(option.default);
    }
  }
});

it('the example says what goes without it', () => {
  const read = readPolicyFile(Buffer.from(policyExample()));
  if ('problem' in read) throw new Error(read.problem);
  const { policy, faults } = policyFrom([{ name: 'example', ...read }]);
  expect(faults).toEqual([]);
  expect([...policy.keys()]).toEqual(templated.map(({ path }) => path));
  const { configuration, link, connector, panel, mistakes } = configurationFrom(underPolicy(emptyConfig, policy));
  const usual = configurationFrom(emptyConfig);
  expect(configuration).toEqual({ ...usual.configuration, revision: configuration.revision });
  expect({ link, connector, panel }).toEqual({ link: usual.link, connector: usual.connector, panel: usual.panel });
  expect(mistakes).toEqual([]);
});
