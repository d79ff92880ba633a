import type { CommandResult } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { describe, expect, it } from 'vitest';
import { CommandLog } from './command-log.ts';

const result = (id: string, more: Partial<CommandResult> = {}): CommandResult => ({
  id,
  callId: '',
  failure: null,
  ...more,
});

/** A log, and a command that counts how often it was run. */
function counted() {
  const log = new CommandLog();
  const runs: string[] = [];
  const once = (id: string, more: Partial<CommandResult> = {}) =>
    log.once(id, async () => {
      runs.push(id);
      return result(id, more);
    });
  return { runs, once };
}

describe('a repeated command', () => {
  it('is run once and gets the first answer, at once and later', async () => {
    const { runs, once } = counted();
    const [first, second] = await Promise.all([once('a', { callId: 'c1' }), once('a', { callId: 'c2' })]);
    const third = await once('a', { callId: 'c3' });
    expect(runs).toEqual(['a']);
    expect([first, second, third].map((it) => it?.callId)).toEqual(['c1', 'c1', 'c1']);
  });

  it('is not tried again when it failed', async () => {
    const { runs, once } = counted();
    await once('a', { failure: failure('noLine', { line: 'line0' }) });
    expect((await once('a')).failure?.code).toBe('TL3002');
    expect(runs).toEqual(['a']);
  });

  it('without an id is a command of its own', async () => {
    const { runs, once } = counted();
    await once('');
    await once('');
    expect(runs).toHaveLength(2);
  });

  it('is known among the last 512', async () => {
    const { runs, once } = counted();
    for (let index = 0; index < 513; index += 1) await once(`${index}`);
    await once('512');
    await once('1');
    expect(runs).toHaveLength(513);
    await once('0');
    expect(runs).toHaveLength(514);
  });
});
