import { describe, expect, it } from 'vitest';
import { EventLog } from './event-log.ts';
import { makeCall } from './fakes.ts';

const filled = (count: number): EventLog => {
  const log = new EventLog('epoch');
  for (let index = 1; index <= count; index += 1) log.append({ lineRemoved: `line${index}` });
  return log;
};

const numbers = (events: ReturnType<EventLog['since']>) => events?.map((event) => event.sequence) ?? null;

describe('the event log', () => {
  it('numbers events from 1', () => {
    const log = filled(2);
    expect(log.last).toBe(2);
    expect(log.append({ lineRemoved: 'x' }).sequence).toBe(3);
    expect(filled(0).last).toBe(0);
  });

  it.each([
    [0, [1, 2, 3]],
    [1, [2, 3]],
    [3, []],
    [4, null],
  ])('after %i there is %j', (after, missed) => {
    expect(numbers(filled(3).since('epoch', after))).toEqual(missed);
  });

  it('knows nothing of another epoch', () => {
    expect(filled(3).since('other', 1)).toBeNull();
    expect(filled(3).since('', 0)).toBeNull();
  });

  it('keeps the last 1000', () => {
    const log = filled(1500);
    expect(log.since('epoch', 499)).toBeNull();
    const missed = numbers(log.since('epoch', 500));
    expect(missed).toHaveLength(1000);
    expect([missed?.[0], missed?.at(-1)]).toEqual([501, 1500]);
  });

  it('keeps events as they were, whatever becomes of what they tell of', () => {
    const log = new EventLog('epoch');
    const call = makeCall('c1');
    log.append({ call });
    call.state = 'HELD';
    expect(log.since('epoch', 0)?.[0]?.call?.state).toBe('TALKING');
  });

  it('neither numbers nor keeps what passes', () => {
    const log = filled(1);
    expect(log.passing({ levels: { microphoneDbfs: -20, speakerDbfs: -20 } }).sequence).toBe(0);
    expect(numbers(log.since('epoch', 0))).toEqual([1]);
  });
});
