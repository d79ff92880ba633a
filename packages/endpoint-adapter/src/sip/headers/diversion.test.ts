import { describe, expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { readDiversions } from './diversion.ts';

const short = (...lines: string[]): string[] =>
  readDiversions(messageWith(...lines)).map(({ user, displayName, reason }) => `${user}|${displayName}|${reason}`);

describe('Diversion', () => {
  it('lists the one who was called first as the first', () => {
    const lines = [
      'Diversion: <sip:second@example.com>;reason=no-answer;counter=1, "First" <sip:%66irst@example.com;x=y>;reason=user-busy',
      'Diversion: <tel:+4930123>',
    ];
    expect(short(...lines)).toEqual(['+4930123||unknown', 'first|First|user-busy', 'second||no-answer']);
    expect(readDiversions(messageWith(...lines))[1]?.uri).toBe('sip:%66irst@example.com');
  });

  it.each([
    ['full', '||deflection'],
    ['uri', '|Ann|deflection'],
    ['name', 'ann||deflection'],
    ['off', 'ann|Ann|deflection'],
  ])('keeps privacy %s', (privacy, expected) => {
    expect(short(`Diversion: "Ann" <sip:ann@example.com>;reason=Deflection;privacy=${privacy}`)).toEqual([expected]);
  });

  it('leaves out what it cannot read, and ends', () => {
    expect(short('Diversion: nonsense, <sip:a@b>')).toEqual(['a||unknown']);
    expect(short(`Diversion: ${Array(100).fill('<sip:a@b>').join(',')}`)).toHaveLength(16);
    expect(short()).toEqual([]);
  });
});

describe('History-Info', () => {
  const bob = '<sip:bob@example.com?Reason=SIP%3Bcause%3D302>;index=1';

  it('tells diversions from the rest of the way', () => {
    expect(
      short(
        'History-Info: "Bob" <sip:bob@example.com>;index=1, <sip:bob@192.0.2.4>;index=1.1;rc=1',
        'History-Info: <sip:office@example.com;cause=408>;index=1.2;mp=1, <sip:4711@192.0.2.5>;index=1.2.1;rc=1.2',
      ),
    ).toEqual(['bob|Bob|no-answer']);
  });

  it.each([
    ['the next target has a cause', '<sip:bob@x>;index=1, <sip:us@x;cause=486>;index=1.1', ['bob||user-busy']],
    ['the one before has a Reason', `${bob}, <sip:us@x>;index=1.1`, ['bob||unconditional']],
    ['the Reason is not of SIP', '<sip:bob@x?Reason=Q.850%3Bcause%3D486>;index=1, <sip:us@x>;index=1.1', []],
    ['a mapped target names nobody', '<sip:us@x>;index=1;mp=9', []],
    ['the entry names itself', '<sip:us@x;cause=302>;index=1;mp=1', []],
    ['nothing is diverted', '<sip:us@x>;index=1, <sip:us@192.0.2.1>;index=1.1;rc=1', []],
  ])('where %s', (_, value, expected) => {
    expect(short(`History-Info: ${value}`)).toEqual(expected);
  });

  it('lists somebody once, though the call went on from him twice', () => {
    const value = '<sip:a@x>;index=1, <sip:b@x;cause=302>;index=1.1;mp=1, <sip:c@x;cause=408>;index=1.2;mp=1';
    expect(short(`History-Info: ${value}`)).toEqual(['a||unconditional']);
  });

  it.each([
    ['one entry', ['History-Info: <sip:bob@x?Privacy=history&Reason=SIP%3Bcause%3D486>;index=1, <sip:us@x>;index=1.1']],
    ['all', ['Privacy: id;History', 'History-Info: <sip:bob@x>;index=1, <sip:us@x;cause=486>;index=1.1']],
  ])('keeps the privacy of %s', (_, lines) => {
    expect(readDiversions(messageWith(...lines))).toEqual([
      { uri: '', user: '', displayName: '', reason: 'user-busy' },
    ]);
  });

  it('counts where it has as many as Diversion', () => {
    expect(short(`History-Info: ${bob}, <sip:us@x>;index=1.1`, 'Diversion: <sip:old@x>')).toEqual([
      'bob||unconditional',
    ]);
    expect(short('History-Info: <sip:us@x>;index=1', 'Diversion: <sip:old@x>')).toEqual(['old||unknown']);
  });
});
