import { describe, expect, it } from 'vitest';
import { commonProtocol, refusal } from './app-session.ts';

const ada = { id: '1', user: 'ada', host: 'desk1' };
const adaElsewhere = { id: '2', user: 'ada', host: 'desk2' };
const bob = { id: '3', user: 'bob', host: 'desk3' };

describe('who may hold the endpoint', () => {
  it.each([
    ['the first to come', null, ada, true],
    ['the same session again', ada, ada, true],
    ['the same user from elsewhere, calls or not', ada, adaElsewhere, true],
    ['another user while there is no call', ada, bob, false],
  ])('%s', (_, holder, newcomer, callsUp) => {
    expect(refusal(holder, newcomer, callsUp)).toBeNull();
  });

  it('not another user while there is a call', () => {
    expect(refusal(ada, bob, true)).toMatchObject({ code: 'TL1003', message: 'This phone is in use by ada.' });
  });
});

describe('commonProtocol', () => {
  it.each([
    [{ min: 1, max: 3 }, { min: 2, max: 5 }, 3],
    [{ min: 2, max: 5 }, { min: 1, max: 3 }, 3],
    [{ min: 1, max: 1 }, { min: 1, max: 1 }, 1],
    [{ min: 1, max: 2 }, { min: 3, max: 4 }, null],
    [{ min: 3, max: 4 }, { min: 1, max: 2 }, null],
    [{ min: 1, max: 1 }, { min: 0, max: 0 }, null],
  ])('of %j and %j is %j', (ours, theirs, common) => {
    expect(commonProtocol(ours, theirs)).toBe(common);
  });
});
