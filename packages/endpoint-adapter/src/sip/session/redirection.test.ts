import { describe, expect, it } from 'vitest';
import { makeUri, writeUri } from '../message/uri.ts';
import { messageWith } from '../testing/message-with.ts';
import { MAX_REDIRECTIONS, Redirections, redirectTargets } from './redirection.ts';

const targets = (...values: string[]): string[] =>
  redirectTargets(messageWith(...values.map((value) => `Contact: ${value}`))).map(writeUri);
const at = (host: string) => makeUri({ user: 'bob', host });

describe('redirectTargets', () => {
  it('are the Contacts by q, in their order where that is the same', () => {
    expect(targets('<sip:a@x>;q=0.1, <sip:b@x>;q=0.9', '<sip:c@x>', 'sip:d@x;q=0.9', '<sip:e@x>;q=high')).toEqual([
      'sip:c@x',
      'sip:b@x',
      'sip:d@x',
      'sip:a@x',
      'sip:e@x',
    ]);
  });

  it('take no method and no header fields over (RFC 3261 §19.1.5)', () => {
    expect(targets('<sip:a@x;method=BYE;transport=tcp?Replaces=y>')).toEqual(['sip:a@x;transport=tcp']);
  });

  it('are SIP only, and 16 at most', () => {
    expect(targets('<tel:123>, <sips:a@x>, ???, <mailto:a@x>')).toEqual(['sips:a@x']);
    expect(targets(Array.from({ length: 50 }, (_, i) => `<sip:${i}@x>`).join(','))).toHaveLength(16);
    expect(redirectTargets(messageWith())).toEqual([]);
  });
});

describe('Redirections', () => {
  it('go nowhere twice, and not back', () => {
    const redirections = new Redirections(at('a'));
    expect(redirections.next([at('a'), at('b'), at('c')])?.host).toBe('b');
    expect(redirections.next([at('a'), at('b'), at('c')])?.host).toBe('c');
    expect(redirections.next([at('a'), at('b'), at('c')])).toBeNull();
    expect(redirections.next([])).toBeNull();
  });

  it('end', () => {
    const redirections = new Redirections(at('start'));
    const hops = Array.from({ length: 10 }, (_, i) => redirections.next([at(`hop${i}`)])).filter((it) => it !== null);
    expect(hops).toHaveLength(MAX_REDIRECTIONS);
  });
});
