import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import { durationText, listText, numberText, percentText } from './numbers.ts';
import { english, fill, type Key, language, say } from './say.ts';

afterEach(() => language.set(english));

const { words } = english;
const speak = (tag: string, lines: Partial<typeof words.lines> = {}) =>
  language.set({ ...english, tag, words: { ...words, lines: { ...words.lines, ...lines } } });

describe('say', () => {
  test('fills facts, and writes numbers as the language does', () => {
    expect(say('calls.actions.answer')).toBe('Answer');
    expect(say('calls.actionOn', { action: 'Answer', caller: '602' })).toBe('Answer: 602');
    expect(say('calls.autoAnswer', { seconds: 1234 })).toBe('Answers by itself in 1,234 s');
    speak('de');
    expect(say('calls.autoAnswer', { seconds: 1234 })).toBe('Answers by itself in 1.234 s');
  });

  test('chooses the form by the count, and the last form where there is none for it', () => {
    expect(say('lines.messages', { count: 1 })).toBe('1 new message');
    expect(say('lines.messages', { count: 0 })).toBe('0 new messages');
    const messages = { one: '{count} одно', few: '{count} два', many: '{count} пять', other: '{count} дробь' };
    speak('ru', { messages });
    expect([1, 2, 5, 21, 1.5].map((count) => say('lines.messages', { count }))).toEqual([
      '1 одно',
      '2 два',
      '5 пять',
      '21 одно',
      '1,5 дробь',
    ]);
    speak('ru', { messages: { other: 'все' } });
    expect(say('lines.messages', { count: 1 })).toBe('все');
  });

  test('a fact is put in as it is, whatever is in it', () => {
    expect(say('transfer.done', { target: '$& {target}' })).toBe('Transferred to $& {target}');
    expect(fill('{a} {b}', { a: 'x' }, 'en')).toBe('x {b}');
  });

  test('a wrong key, a missing fact and a needless one do not compile', () => {
    // @ts-expect-error no such message
    expect(say('calls.actions.sing')).toBe('');
    // @ts-expect-error the fact is missing
    expect(say('transfer.done')).toBe('Transferred to {target}');
    // @ts-expect-error it takes no facts
    expect(say('calls.none', { target: '1' })).toBe('No calls');
    // @ts-expect-error the count is a number
    expect(say('lines.messages', { count: '1' })).toBe('1 new message');
    expectTypeOf<'calls'>().not.toExtend<Key>();
  });

  test('those who watch the language are told', () => {
    let told = 0;
    const stop = language.watch(() => told++);
    speak('de');
    stop();
    speak('fr');
    expect(told).toBe(1);
  });
});

describe('figures', () => {
  test('are written as the language does', () => {
    expect([numberText(1234.56, 1), percentText(1.25, 1), listText(['a', 'b', 'c'])]).toEqual([
      '1,234.6',
      '1.3%',
      'a, b, and c',
    ]);
    speak('de');
    expect([numberText(1234.56, 1), percentText(1.25, 1), listText(['a', 'b', 'c'])]).toEqual([
      '1.234,6',
      '1,3\u00a0%',
      'a, b und c',
    ]);
    speak('ar-EG');
    expect(durationText(3_607_000)).toBe('١:٠٠:٠٧');
  });

  test.each([
    [0, '0:00'],
    [999, '0:00'],
    [59_999, '0:59'],
    [60_000, '1:00'],
    [3_599_000, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
    [-5_000, '0:00'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
