import { describe, expect, it } from 'vitest';
import { judgeAdapter } from './judge-adapter.ts';

describe('an adapter', () => {
  it.each([
    ['0.1.0', '', 'good'],
    ['nonsense', '', 'good'],
    ['1.2.0', '1.2.0', 'good'],
    ['1.2.1', '1.2.0', 'good'],
    ['1.10.0', '1.9.9', 'good'],
    ['2.0.0', '1.99.99', 'good'],
    ['1.2.0-rc.1', '1.2.0', 'good'],
    ['1.1.9', '1.2.0', 'block'],
    ['1.9.9', '1.10.0', 'block'],
    ['0.99.0', '1.0.0', 'block'],
    ['', '1.0.0', 'block'],
    ['2', '1.0.0', 'block'],
    ['2.0.0.0', '1.0.0', 'block'],
    ['two.0.0', '1.0.0', 'block'],
  ])('of version "%s" where "%s" is wanted: %s', (version, minAdapter, verdict) => {
    expect(judgeAdapter(version, { minAdapter, onMismatch: 'block' })).toBe(verdict);
  });

  it.each(['warn', 'readonly', 'block'] as const)('that is too old is what on_mismatch says: %s', (onMismatch) => {
    expect(judgeAdapter('1.0.0', { minAdapter: '1.0.1', onMismatch })).toBe(onMismatch);
    expect(judgeAdapter('1.0.1', { minAdapter: '1.0.1', onMismatch })).toBe('good');
  });
});
