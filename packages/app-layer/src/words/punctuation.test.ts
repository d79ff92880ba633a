import { afterEach, describe, expect, test } from 'vitest';
import { labelled, parts, sentence, sentences } from './punctuation.ts';
import { english, language } from './say.ts';

afterEach(() => language.set(english));

describe.each([
  ['en', 'a. b! c', 'a, b', 'a; b', 'a: b', 'a.'],
  ['de', 'a. b! c', 'a, b', 'a; b', 'a: b', 'a.'],
  ['fr-CA', 'a. b! c', 'a, b', 'a; b', 'a: b', 'a.'],
  ['fr-FR', 'a. b! c', 'a, b', 'a\u00a0; b', 'a\u00a0: b', 'a.'],
  ['ar', 'a. b! c', 'a، b', 'a؛ b', 'a: b', 'a.'],
  ['ja', 'a。b!c', 'a、b', 'a；b', 'a：b', 'a。'],
  ['zh-CN', 'a。b!c', 'a，b', 'a；b', 'a：b', 'a。'],
  ['zh-TW', 'a。b!c', 'a，b', 'a；b', 'a：b', 'a。'],
])('%s', (tag, all, comma, semicolon, colon, one) => {
  test('has its own marks', () => {
    language.set({ ...english, tag });
    expect(sentences(['', 'a', 'b!', '', 'c'])).toBe(all);
    expect(parts(['a', '', 'b'], 'comma')).toBe(comma);
    expect(parts(['', 'a', 'b'], 'semicolon')).toBe(semicolon);
    expect(labelled('a', 'b')).toBe(colon);
    expect(sentence('a')).toBe(one);
  });

  test.each([
    '',
    'It ends.',
    'Ends it?',
    '終わり。',
    'هل انتهت؟',
    'السبب: \u2068It ends.\u2069',
    '「終わり。」',
    '（終わり。）',
  ])('adds nothing to "%s"', (text) => {
    language.set({ ...english, tag });
    expect(sentence(text)).toBe(text);
  });
});

test('nothing is nothing', () => {
  expect([sentences([]), sentences(['']), parts([''], 'comma')]).toEqual(['', '', '']);
});
