import { join } from 'node:path';
import type { Option } from '@thinline/shared/config/option.ts';
import { expect, it } from 'vitest';
import { idleOptions, optionTestFaults, optionTests, optionTestsIn, optionTestsPage } from './option-tests.ts';

it('every option that does something has a test of what it does, and titles name options that there are', () => {
  expect(optionTestFaults(optionTests(join(import.meta.dirname, '..')))).toEqual([]);
});

it('hardly any option does nothing for no better reason than that', () => {
  expect(idleOptions().length).toBeLessThanOrEqual(5);
});

it('finds titles wherever they stand', () => {
  const text = [
    "it('policy.session.beeps: 1 beeps', () => {",
    "  it('system.security.tls-target-name-check: host wants a name', async () => {});",
    '])(\'policy.session.ringing_enabled: "%s" says where it rings\', () => {',
    'it.each([1])(',
    '  "proxies.proxyN.mailbox.server: is the mailbox\'s",',
    "it('user:N: is who registers', () => {});",
    "it('takes policy.session.beeps: or not', () => {});",
    "expect(words).toBe('policy.session.beeps');",
  ].join('\n');
  expect(optionTestsIn(text, 'a.test.ts').map(({ path, effect }) => [path, effect])).toEqual([
    ['policy.session.beeps', '1 beeps'],
    ['system.security.tls-target-name-check', 'host wants a name'],
    ['policy.session.ringing_enabled', '… says where it rings'],
    ['proxies.proxyN.mailbox.server', "is the mailbox's"],
    ['user:N', 'is who registers'],
  ]);
});

const option = (path: string, noEffect?: string): Option => ({
  path,
  type: 'boolean',
  default: false,
  effect: 'at once',
  where: 'adapter',
  meaning: 'It does something.',
  ...(noEffect ? { noEffect } : {}),
});
const table = [
  option('policy.a'),
  option('policy.b'),
  option('policy.c', 'there is no c'),
  option('system.telemetry.d', 'there is none'),
];
const test = (path: string) => ({ path, effect: '1 does it', file: 'a.test.ts' });

it('says what has no test, and what has one that it should not have', () => {
  expect(optionTestFaults([test('policy.b'), test('policy.c'), test('policy.x')], table)).toEqual([
    'No test shows what policy.a changes.',
    'policy.c has a test, and no effect.',
    'a.test.ts names policy.x, which is no option.',
  ]);
});

it('lists each option with its tests, and the others by why they have none', () => {
  const page = optionTestsPage(
    [test('policy.a'), { ...test('policy.a'), effect: '0 does not' }, test('policy.b')],
    table,
  );
  expect(page).toContain('Of the 4 settings of a Softphone.config, 2 do something');
  expect(page).toContain('| `policy.a` | 1 does it; 0 does not | `a.test.ts` |');
  expect(page).toContain('1 settings do nothing:');
  expect(page).toContain('| `policy.c` | there is no c |');
  expect(page).toContain("1 are about things that Thinline doesn't have:");
  expect(page).toContain('telemetry | `system.telemetry.d` |');
});
