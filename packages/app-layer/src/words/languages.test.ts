import { catalogue } from '@thinline/shared/failures.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { categoriesOf, holesInFailures, holesInWords } from './holes.ts';
import { chooseLanguage, languages, makeLanguageUse, matchLanguage } from './languages.ts';
import { english, type Language, language } from './say.ts';

afterEach(() => language.set(english));

const sixteen = 'en ar de es fr-FR fr-CA it ja ko nl pl pt-BR ru tr zh-CN zh-TW'.split(' ');

describe.each(languages.map((it) => [it.tag, it] as const))('%s', (tag, { name, direction, load }) => {
  test('has every message, with its placeholders and plural forms', async () => {
    const { words } = await load();
    expect(holesInWords(words, tag)).toEqual([]);
  });

  test('has every failure, with its placeholders', async () => {
    const { failures } = await load();
    // The failures themselves are in English.
    if (tag !== 'en') expect(holesInFailures(failures, Object.values(catalogue))).toEqual([]);
  });

  test('is one that browsers know, and written the right way', () => {
    expect(sixteen).toContain(tag);
    expect(Intl.NumberFormat.supportedLocalesOf(tag)).toEqual([tag]);
    expect(direction).toBe(tag === 'ar' ? 'rtl' : 'ltr');
    expect(name).not.toBe('');
  });
});

describe('a hole is found', () => {
  const { none: _, ...fewer } = en.calls;
  const lines = (more: object) => ({ ...en, lines: { ...en.lines, ...more } });

  test.each<[string, Parameters<typeof holesInWords>[0], string, string[]]>([
    ['a key is missing', { ...en, calls: fewer }, 'en', ['calls.none: is missing']],
    [
      'a key is too many',
      { ...en, calls: { ...en.calls, sung: 'Sung' } },
      'en',
      ['calls.sung: is in no other language'],
    ],
    ['a text is empty', lines({ none: ' ' }), 'en', ['lines.none : is empty']],
    ['a placeholder is missing', lines({ nextTry: 'Soon' }), 'en', ['lines.nextTry : has {} for {time}']],
    ['a placeholder is wrong', lines({ nextTry: '{tiem}' }), 'en', ['lines.nextTry : has {tiem} for {time}']],
    ['a plural is none', lines({ messages: '{count}' }), 'en', ['lines.messages: is not a plural']],
    [
      'a plural form is missing',
      lines({ messages: { other: '{count}' } }),
      'en',
      ['lines.messages: no form for "one"'],
    ],
    [
      'a count is missing',
      lines({ messages: { one: 'one', other: 'x' } }),
      'en',
      ['lines.messages other: has {} for {count}'],
    ],
    ['one may be a word', lines({ messages: { one: 'one', other: '{count}' } }), 'en', []],
  ])('%s', (_name, words, tag, holes) => {
    expect(holesInWords(words, tag)).toEqual(holes);
  });

  test('of the categories that the language has for whole numbers', () => {
    expect(categoriesOf('ar').sort()).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
    expect(categoriesOf('pl').sort()).toEqual(['few', 'many', 'one']);
    expect(categoriesOf('ja')).toEqual(['other']);
    expect(holesInWords(en, 'pl').sort()).toContain('lines.messages: no form for "few"');
  });

  test('in the failures', () => {
    const rows = [
      { code: 'TL1', message: 'a {x}', cause: 'b', remedy: 'c' },
      { code: 'TL2', message: 'a', cause: 'b', remedy: 'c' },
    ];
    expect(holesInFailures({ TL1: { message: 'a', cause: '', remedy: '{y}' }, TL3: rows[0] ?? fail() }, rows)).toEqual([
      'TL3: is not in the catalogue',
      'TL1 message: has {} for {x}',
      'TL1 cause: has {} for {}',
      'TL1 remedy: has {y} for {}',
      'TL2: is missing',
    ]);
  });
});

const fail = (): never => {
  throw new Error('no row');
};

describe('which language is used', () => {
  test.each([
    ['de_DE', 'de'],
    ['fr_CA', 'fr-CA'],
    ['fr_BE', 'fr-FR'],
    ['fr', 'fr-FR'],
    ['PT-br', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh-HK', 'zh-TW'],
    ['zh_TW', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh', 'zh-CN'],
    ['zh_SG', 'zh-CN'],
    ['ar-EG', 'ar'],
    ['en_US', 'en'],
    ['es_MX', 'es'],
    ['sv', undefined],
    ['', undefined],
    ['not a language', undefined],
    ['x'.repeat(5_000), undefined],
  ])('%s is %s', (wanted, tag) => {
    expect(matchLanguage(wanted, sixteen)).toBe(tag);
  });

  test('the wish of the desktop comes before the choice of the agent, that before the browser, and English is left', () => {
    const browser = ['sv', 'it-CH', 'nl'];
    expect(chooseLanguage({ desktop: 'de_DE', agent: 'fr-CA', browser }, sixteen)).toBe('de');
    expect(chooseLanguage({ desktop: 'sv_SE', agent: 'fr-CA', browser }, sixteen)).toBe('fr-CA');
    expect(chooseLanguage({ desktop: '', agent: '', browser }, sixteen)).toBe('it');
    expect(chooseLanguage({ desktop: '', agent: '', browser: ['sv'] }, sixteen)).toBe('en');
    expect(chooseLanguage({ desktop: '', agent: '', browser: [] })).toBe('en');
  });
});

describe('a language comes into use', () => {
  const makeLoads = () => {
    const open = new Map<string, (it: Language | null) => void>();
    const load = (tag: string) =>
      new Promise<Language>((resolve, reject) => {
        open.set(tag, (it) => (it ? resolve(it) : reject(new Error('no file'))));
      });
    const answer = (tag: string, loaded = true) => open.get(tag)?.(loaded ? { ...english, tag } : null);
    return { load, answer };
  };

  test('when its file is there, and the last wish wins', async () => {
    const { load, answer } = makeLoads();
    const use = makeLanguageUse(load);
    const uses = [use('de'), use('fr-FR')];
    answer('fr-FR');
    answer('de');
    await Promise.all(uses);
    expect(language.get().tag).toBe('fr-FR');
  });

  test('and one that cannot be loaded changes nothing, and can be tried again', async () => {
    const { load, answer } = makeLoads();
    const use = makeLanguageUse(load);
    const first = use('de');
    answer('de', false);
    await first;
    expect(language.get().tag).toBe('en');
    const second = use('de');
    answer('de');
    await second;
    expect(language.get().tag).toBe('de');
  });
});
