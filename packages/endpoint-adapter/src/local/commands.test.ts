import { expect, test } from 'vitest';
import { readCommand } from './commands.ts';

test('a verb, with or without a call', () => {
  expect(readCommand({ verb: 'mute' })).toEqual({ verb: 'mute', callId: '' });
  expect(readCommand({ verb: 'hangup', callId: 'c1', more: 1 })).toEqual({ verb: 'hangup', callId: 'c1' });
});

test.each([
  null,
  1,
  'mute',
  [],
  {},
  { verb: 'dial' },
  { verb: 'toString' },
  { verb: '__proto__' },
  { verb: ['mute'] },
  { verb: 'mute', callId: 1 },
  { verb: 'mute', callId: null },
  { verb: 'mute', callId: 'x'.repeat(129) },
])('%j is no command', (body) => {
  expect(() => readCommand(body)).toThrow('TL6006');
});
