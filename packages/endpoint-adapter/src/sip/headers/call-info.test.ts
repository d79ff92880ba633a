import { describe, expect, it } from 'vitest';
import { readAppearances, writeAppearance } from './call-info.ts';
import { readInfoValues } from './info-values.ts';

describe('Call-Info', () => {
  it('says which appearance is in which state', () => {
    const values = [
      '<sip:srv.example>;appearance-index=1;appearance-state=Active, <sip:srv.example>; appearance-index = *; appearance-state = idle',
      '<sip:srv.example>;appearance-index=3;appearance-state=held',
    ];
    expect(readAppearances(values)).toEqual([
      { index: 1, state: 'active', uri: 'sip:srv.example' },
      { index: '*', state: 'idle', uri: 'sip:srv.example' },
      { index: 3, state: 'held', uri: 'sip:srv.example' },
    ]);
  });

  it.each(['<sip:a>', '<sip:a>;appearance-index=0', '<sip:a>;appearance-index=x', '<sip:a>;appearance-index=256', ''])(
    'leaves out %s',
    (value) => {
      expect(readAppearances([value])).toEqual([]);
    },
  );

  it.each([
    [{ index: 2, state: null, uri: 'sip:srv.example' } as const, '<sip:srv.example>;appearance-index=2'],
    [{ index: '*', state: 'seized', uri: 'sip:a' } as const, '<sip:a>;appearance-index=*;appearance-state=seized'],
  ])('writes %j', (appearance, text) => {
    expect(writeAppearance(appearance)).toBe(text);
    expect(readAppearances([text])).toEqual([appearance]);
  });

  it('takes a state that it does not know for none', () => {
    expect(readAppearances(['<sip:a>;appearance-index=1;appearance-state=bridge'])).toMatchObject([{ state: null }]);
  });

  it('has other things too', () => {
    const [icon] = readInfoValues(['<http://example.com/a.jpg,b> ;purpose=icon']);
    expect(icon?.uri).toBe('http://example.com/a.jpg,b');
    expect(icon?.parameters.get('purpose')).toBe('icon');
    expect(readInfoValues([Array(100).fill('<sip:a>').join(',')])).toHaveLength(32);
  });
});
