import { expect, test } from 'vitest';
import { readSettings, usualSettings } from './settings.ts';

test('what was kept comes back', () => {
  const chosen = { language: 'pt-BR', theme: 'dark', shortcuts: false } as const;
  expect(readSettings(JSON.stringify(chosen))).toEqual(chosen);
});

test.each([null, '', '{', 'null', '7', '[]', '"dark"', '{"theme":"pink","language":7,"shortcuts":"yes"}'])(
  'what makes no sense is as usual: %j',
  (text) => {
    expect(readSettings(text)).toEqual(usualSettings);
  },
);

test('a part that makes sense is kept beside one that does not', () => {
  expect(readSettings('{"theme":"dark","language":7}')).toEqual({ ...usualSettings, theme: 'dark' });
  expect(readSettings(JSON.stringify({ language: 'x'.repeat(100) }))).toEqual(usualSettings);
});
