import { describe, expect, it } from 'vitest';
import { AppSessions, commonProtocol, refusal } from './app-session.ts';

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

describe('the sessions of an endpoint', () => {
  it('keep no more of a name than 256 characters', () => {
    const sessions = new AppSessions();
    sessions.admit({ id: '1', user: 'u'.repeat(1000), host: 'h'.repeat(1000) }, false);
    sessions.take('1', false);
    expect(sessions.holder).toEqual({ id: '1', user: 'u'.repeat(256), host: 'h'.repeat(256) });
  });

  it('have ids of at most 64', () => {
    const sessions = new AppSessions();
    expect(sessions.admit({ ...ada, id: 'x'.repeat(64) }, false)).toBeNull();
    expect(sessions.admit({ ...ada, id: 'x'.repeat(65) }, false)?.code).toBe('TL1005');
  });

  it('forget who asked, and who was displaced, after 64 more', () => {
    const sessions = new AppSessions();
    const come = (id: string) => [sessions.admit({ ...ada, id }, false)?.code, sessions.take(id, false)];
    for (let n = 0; n <= 64; n += 1) come(`${n}`);
    expect(come('0')[0]).toBe('TL1004');
    come('65');
    expect(come('0')).toEqual([undefined, null]);
    for (let n = 100; n <= 164; n += 1) sessions.admit({ ...ada, id: `${n}` }, false);
    expect([sessions.take('100', false), sessions.take('101', false)]).toEqual(['handshake first', null]);
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
