import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { added, entryOf, type HistoryEntry, kept, mostEntries, readEntries, writeEntries } from './entry.ts';

const day = 86_400_000;
const remote = { uri: 'sip:602@example.org;user=phone', number: '602', displayName: 'Grace Hopper' };
const nowMs = 100 * day;
const ended = (said: Partial<Call> = {}): Call =>
  blankCall({ id: 'call1', state: 'RELEASED', remote, createdAtMs: 1_000, releasedAtMs: 91_000, ...said });
const entry = (id: string, startedAtMs = 0): HistoryEntry => ({ ...entryOf(ended(), nowMs), id, startedAtMs });

describe('what is kept of a call', () => {
  test('who, when, which way and how long', () => {
    expect(entryOf(ended({ connectedAtMs: 31_000 }), nowMs)).toEqual({
      id: '1000-call1',
      direction: 'OUTGOING',
      name: 'Grace Hopper',
      target: '602',
      outcome: 'answered',
      startedAtMs: nowMs - 90_000,
      talkedMs: 60_000,
      failure: null,
    });
  });

  const why = failure('callBusy', { target: '602', status: 486, reason: 'Busy Here' });
  test.each<[HistoryEntry['outcome'], string, Partial<Call>]>([
    ['answered', 'an incoming call that was answered', { direction: 'INCOMING', connectedAtMs: 2_000 }],
    ['missed', 'an incoming call that nobody answered', { direction: 'INCOMING' }],
    [
      'elsewhere',
      'one that another phone took',
      { direction: 'INCOMING', endReason: 'SIP ;cause=200 ;text="Call completed elsewhere"' },
    ],
    ['rejected', 'one that was refused here', { direction: 'INCOMING', rejected: true }],
    ['missed', 'one whose caller gave up', { direction: 'INCOMING', endReason: 'SIP;cause=487' }],
    ['unanswered', 'an outgoing call that was given up', {}],
    ['failed', 'an outgoing call that failed', { failure: why }],
    ['answered', 'one that failed while they talked', { failure: why, connectedAtMs: 2_000 }],
  ])('%s: %s', (outcome, _name, said) => {
    expect(entryOf(ended(said), nowMs).outcome).toBe(outcome);
  });

  test.each<[string, string, Call['remote']]>([
    ['the number', '602', remote],
    [
      'else the address, without what only that call needed',
      'sip:bob@example.org',
      { ...remote, number: '', uri: 'sip:bob@example.org;transport=tcp?Subject=x' },
    ],
    ['nothing of somebody unknown', '', null],
  ])('what to dial again: %s', (_name, target, it) => {
    expect(entryOf(ended({ remote: it }), nowMs).target).toBe(target);
  });

  test.each<[string, number, number, Partial<Call>]>([
    ['does not say when it ended', 0, 0, { releasedAtMs: 0 }],
    ['was set back meanwhile', 0, 0, { createdAtMs: 20_000, connectedAtMs: 20_000, releasedAtMs: 10_000 }],
    ['was set forward by years meanwhile', day, day, { releasedAtMs: 20_000 * day }],
    ['says nothing that is a time', 0, 0, { createdAtMs: Number.NaN, releasedAtMs: Number.NaN }],
  ])("where the endpoint's clock %s, a call is one of today", (_name, agoMs, talkedMs, said) => {
    const it = entryOf(ended({ connectedAtMs: 2_000, ...said }), nowMs);
    expect(it).toMatchObject({ startedAtMs: nowMs - agoMs, talkedMs });
  });

  test('nothing in it is longer than it may be', () => {
    const long = 'x'.repeat(100_000);
    const facts = Object.fromEntries(Array.from({ length: 1_000 }, (_, place) => [`${place}${long}`, long]));
    const wrong = { code: long, message: long, cause: long, remedy: long, facts };
    const it = entryOf(ended({ remote: { uri: long, number: long, displayName: long }, failure: wrong }), nowMs);
    expect(JSON.stringify(it).length).toBeLessThan(10_000);
  });
});

describe('what is kept of all', () => {
  test('the newest first, and a call once, however often its end is told', () => {
    const list = added(added(added([], entry('a', 1)), entry('b', 2)), entry('a', 1));
    expect(kept(list, 3).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('no more than the bound, and nothing older than 30 days', () => {
    const many = Array.from({ length: mostEntries + 50 }, (_, place) => entry(`${place}`, 100 * day - place * 1000));
    expect(kept(many, 100 * day)).toEqual(many.slice(0, mostEntries));
    expect(kept([entry('old', 0), entry('young', 1)], 30 * day).map(({ id }) => id)).toEqual(['young']);
  });
});

describe('the file', () => {
  test('holds what was written', () => {
    const why = failure('callBusy', { target: '602', status: 486, reason: 'Busy Here' });
    const entries = [entry('a'), entryOf(ended({ failure: why }), nowMs)];
    expect(readEntries(writeEntries(entries))).toEqual(entries);
  });

  test.each(['', '{', '[]', 'null', '7', '{"calls":7}', '{"calls":{"length":3}}', '\0\0\0'])(
    'is none of ours: %j',
    (text) => {
      expect(readEntries(text)).toBeNull();
    },
  );

  test('loses entries that make no sense, and no others', () => {
    const good = entry('good');
    const bad = [
      null,
      7,
      [],
      { ...good, id: 7 },
      { ...good, outcome: 'forgotten' },
      { ...good, direction: 'SIDEWAYS' },
      { ...good, startedAtMs: 'now' },
      { ...good, talkedMs: -1 },
      { ...good, failure: {} },
      { ...good, failure: { code: '', message: '', cause: '', remedy: '', facts: { a: 1 } } },
      { ...good, name: 'x'.repeat(10_000) },
    ];
    expect(readEntries(JSON.stringify({ calls: [...bad, good] }))).toEqual([good]);
  });

  test('whatever it holds, reading it neither fails nor makes more of it', () => {
    const call = fc.record(
      { id: fc.anything(), direction: fc.constantFrom('INCOMING', 7), name: fc.anything(), target: fc.string() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(call, fc.anything())), (calls) => {
        expect(readEntries(JSON.stringify({ calls }))?.length).toBeLessThanOrEqual(calls.length);
      }),
      { numRuns: 200 },
    );
  });
});
