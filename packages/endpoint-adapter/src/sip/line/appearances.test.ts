import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Appearance } from '../headers/call-info.ts';
import { fieldOf, type HeaderField } from '../message/message.ts';
import { field } from '../message/response.ts';
import { featureBench, openEventServer } from '../testing/event-server.ts';
import { Appearances, freeIndex, withSaid } from './appearances.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const info = (...appearances: string[]): { fields: HeaderField[] } => ({
  fields: appearances.map((it) => {
    const [index, state] = it.split(' ');
    return field(
      'call-info',
      `<sip:example.org>;appearance-index=${index}${state ? `;appearance-state=${state}` : ''}`,
    );
  }),
});

function open() {
  const server = openEventServer();
  const { ports, changes } = featureBench(server, { shared: true });
  const appearances = new Appearances(ports);
  return {
    ...server,
    appearances,
    changes,
    /** The Call-Info of the INVITE, or why there is none. */
    seize: (index: number) => {
      const seizure = appearances.seize(index);
      const result = seizure.fields.then(
        (fields) => fields.map(({ value }) => value).join(),
        (error: Error) => error.message,
      );
      return { seizure, result };
    },
  };
}

function openUp(...appearances: string[]) {
  const bench = open();
  bench.appearances.start();
  const first = bench.establish('call-info', info(...appearances));
  return { ...bench, first };
}

describe('what is said of appearances', () => {
  const said = (index: number | '*', state: Appearance['state']): Appearance => ({ index, state, uri: '' });
  it('is of those that are named, or of all others', () => {
    const known = withSaid(new Map(), [said(1, 'active'), said(2, 'held'), said(3, null)]);
    expect([...known]).toEqual([
      [1, 'ACTIVE'],
      [2, 'HELD'],
    ]);
    expect([...withSaid(known, [said(2, 'alerting'), said('*', 'idle')])]).toEqual([
      [1, 'IDLE'],
      [2, 'ALERTING'],
    ]);
    expect([...withSaid(known, [said('*', null)])]).toEqual([...known]);
  });

  it('leaves the first free one', () => {
    expect(freeIndex(new Map())).toBe(1);
    expect(
      freeIndex(
        new Map([
          [1, 'ACTIVE'],
          [2, 'IDLE'],
        ]),
      ),
    ).toBe(2);
    expect(freeIndex(new Map([[1, 'SEIZED']]))).toBe(2);
  });
});

describe('a shared line', () => {
  it('shows its appearances in order', () => {
    const { appearances, changes, notify, first } = openUp('2 alerting', '1 active');
    notify(first, info('2 idle'));
    expect(appearances.all).toEqual([
      { index: 1, state: 'ACTIVE' },
      { index: 2, state: 'IDLE' },
    ]);
    expect(changes()).toBe(2);
  });
});

describe('an appearance for a call', () => {
  it('is seized before, and is the first that is free', async () => {
    const { seize, subscribe, establish } = openUp('1 active', '2 idle');
    const { result } = seize(0);
    expect(fieldOf(subscribe('line-seize'), 'call-info')).toBe('<sip:example.org>;appearance-index=2');
    expect(fieldOf(subscribe('line-seize'), 'expires')).toBe('15');
    establish('line-seize', info('2 seized'));
    expect(await result).toBe('<sip:example.org>;appearance-index=2');
  });

  it('may be another one that the server gives', async () => {
    const { seize, establish } = openUp('1 idle', '2 idle');
    const { result } = seize(1);
    establish('line-seize', info('1 active', '2 seized'));
    expect(await result).toBe('<sip:example.org>;appearance-index=2');
  });

  it('is refused', async () => {
    const { seize, subscribe, answer } = openUp('1 idle');
    const { result } = seize(1);
    answer(subscribe('line-seize'), 480, { reason: 'Somebody has it' });
    expect(await result).toMatch(/^TL3019 Appearance 1 .* 480 Somebody has it/);
  });

  it('is refused by a NOTIFY', async () => {
    const { seize, subscribe, notify } = openUp('1 idle');
    const { result } = seize(1);
    notify(subscribe('line-seize'), { state: 'terminated;reason=rejected' });
    expect(await result).toMatch(/^TL3019 .* 480 rejected/);
  });

  it('is given where the server says no more than 200, and not where it says nothing', async () => {
    const { seize, subscribe, grant, dialogs } = openUp('1 idle');
    const given = seize(1).result;
    grant(subscribe('line-seize'), 15);
    const silent = seize(2).result;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await given).toBe('<sip:example.org>;appearance-index=1');
    expect(await silent).toMatch(/^TL3019 .* 408 /);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(dialogs.size).toBe(1);
  });

  it('is not seized where it has a call: the INVITE takes that over', async () => {
    const { seize, subscribes } = openUp('1 held');
    expect(await seize(1).result).toBe('<sip:example.org>;appearance-index=1');
    expect(subscribes('line-seize')).toEqual([]);
  });

  it('is none of a server that has none', async () => {
    const { appearances, subscribe, answer, seize, subscribes } = open();
    appearances.start();
    answer(subscribe('call-info'), 489);
    expect([await seize(0).result, await seize(3).result]).toEqual(['', '<sip:example.org>;appearance-index=3']);
    expect(subscribes('line-seize')).toEqual([]);
  });

  it('is given back at the end of the call', async () => {
    const { seize, subscribe, establish, grant, notify, dialogs } = openUp('1 idle');
    const { seizure } = seize(1);
    const first = establish('line-seize', info('1 seized'));
    seizure.release();
    expect(fieldOf(subscribe('line-seize'), 'expires')).toBe('0');
    grant(subscribe('line-seize'), 0);
    notify(first, { state: 'terminated;reason=timeout' });
    await settle();
    expect(dialogs.size).toBe(1);
  });

  it('needs no giving back where the server has ended it', () => {
    const { seize, subscribes, establish, notify } = openUp('1 idle');
    const { seizure } = seize(1);
    notify(establish('line-seize', info('1 seized')), {
      state: 'terminated;reason=noresource',
      ...info('1 progressing'),
    });
    seizure.release();
    expect(subscribes('line-seize')).toHaveLength(1);
  });

  it('is given up with the line', async () => {
    const { appearances, seize, dialogs } = openUp('1 idle');
    const { result } = seize(1);
    appearances.stop();
    expect(await result).toMatch(/^TL3019 /);
    expect(dialogs.size).toBe(0);
  });
});
