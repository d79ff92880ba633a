import { expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { hasOption } from './option-tags.ts';

it('finds option tags in whatever list', () => {
  const message = messageWith('Supported: a, 100REL', 'Supported: timer');
  expect(['100rel', 'timer', 'a', 'replaces'].map((it) => hasOption(message, 'supported', it))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
