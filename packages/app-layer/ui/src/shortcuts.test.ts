import { describe, expect, test } from 'vitest';
import { ariaKeys, keysOf, type Press, shortcutFor, shortcuts } from './shortcuts.ts';

const press = (more: Partial<Press>): Press => ({
  key: '',
  code: '',
  altKey: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});
const held = { altKey: true, shiftKey: true };

describe('the table', () => {
  test('has each key and each deed once', () => {
    expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length);
    expect(new Set(shortcuts.map(({ does }) => does)).size).toBe(shortcuts.length);
  });

  test('keeps away from what browsers do with Alt, Shift and a letter', () => {
    for (const { key } of shortcuts) expect('ABIT').not.toContain(key);
  });

  test('says what to press', () => {
    expect(shortcuts.slice(0, 1).map(keysOf)).toEqual([['Alt', 'Shift', 'Y']]);
    expect([ariaKeys('mute'), ariaKeys('help'), ariaKeys('devices')]).toEqual(['Alt+Shift+M', '?', 'Alt+Shift+2']);
  });
});

test.each(shortcuts.filter(({ key }) => key !== '?'))('$key is $does, typing or not', ({ does, key }) => {
  expect(shortcutFor(press({ ...held, key }), true)).toBe(does);
  expect(shortcutFor(press({ ...held, key: key.toLowerCase() }), false)).toBe(does);
});

test('a layout that makes another character with Alt is read by the place of the key', () => {
  expect(shortcutFor(press({ ...held, key: 'Â', code: 'KeyM' }), false)).toBe('mute');
  expect(shortcutFor(press({ ...held, key: '!', code: 'Digit1' }), false)).toBe('calls');
  // The letter that is printed on the key counts, where there is one.
  expect(shortcutFor(press({ ...held, key: 'y', code: 'KeyZ' }), false)).toBe('answer');
});

test.each<[string, Partial<Press>]>([
  ['a letter alone', { key: 'm' }],
  ['with Alt alone, which opens menus', { key: 'm', altKey: true }],
  ['with Shift alone', { key: 'M', shiftKey: true }],
  ['with Control, which is AltGr somewhere', { ...held, key: 'm', ctrlKey: true }],
  ['with Meta', { ...held, key: 'm', metaKey: true }],
  ['held down', { ...held, key: 'm', repeat: true }],
  ['a letter that means nothing', { ...held, key: 'q' }],
  ['a key without a character', { ...held, key: 'Tab', code: 'Tab' }],
])('%s is nothing', (_name, more) => {
  expect(shortcutFor(press(more), false)).toBeNull();
});

test('"?" asks for help, unless it is being written', () => {
  expect(shortcutFor(press({ key: '?', shiftKey: true }), false)).toBe('help');
  expect(shortcutFor(press({ key: '?', shiftKey: true }), true)).toBeNull();
});
