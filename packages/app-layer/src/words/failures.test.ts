import { failure } from '@thinline/shared/failures.ts';
import { afterEach, expect, test } from 'vitest';
import { failureInWords } from './failures.ts';
import { english, language } from './say.ts';

afterEach(() => language.set(english));

const unreachable = failure('endpointUnreachable', { detail: 'ECONNREFUSED' });

test('in English, and where the language has no words for it, a failure says its own', () => {
  expect(failureInWords(unreachable)).toBe(unreachable);
  language.set({ ...english, tag: 'de' });
  expect(failureInWords(unreachable)).toBe(unreachable);
});

test('the words of the language take the facts of the case', () => {
  const words = { message: 'Kein Telefon.', cause: 'Es fehlt {detail}, und {other}', remedy: 'Warten.' };
  language.set({ ...english, tag: 'de', failures: { TL1001: words } });
  expect(failureInWords(unreachable)).toEqual({
    ...unreachable,
    message: 'Kein Telefon.',
    cause: 'Es fehlt ECONNREFUSED, und unknown.',
    remedy: 'Warten.',
  });
});

test.each([
  ['de', 'Es fehlt: hold.', 'Der Grund: Busy.'],
  ['ar', 'Es fehlt: hold.', 'Der Grund: Busy.'],
  ['ja', 'Es fehlt: hold。', 'Der Grund: Busy.'],
  ['zh-CN', 'Es fehlt: hold。', 'Der Grund: Busy.'],
])(
  'in %s a sentence that ends with a fact has one full stop, the one of the language or that of the fact',
  (tag, message, cause) => {
    const words = { message: 'Es fehlt: {feature}', cause: 'Der Grund: {detail}', remedy: 'Warten.' };
    language.set({ ...english, tag, failures: { TL1: words } });
    const facts = { feature: 'hold', detail: 'Busy.' };
    const said = failureInWords({ code: 'TL1', message: '', cause: '', remedy: '', facts });
    expect([said.message, said.cause]).toEqual([message, cause]);
  },
);
