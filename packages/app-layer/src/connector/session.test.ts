import { afterEach, expect, test, vi } from 'vitest';
import { claimOf, cookieHeader, newSession, settled } from './session.ts';

const desk = { origin: 'https://desk.example.org', cookies: '' };
const other = { origin: 'https://other.example.org', cookies: '' };
const program = { origin: '', cookies: '' };

afterEach(() => {
  vi.useRealTimers();
});

test('without a session the phone is anybody’s', () => {
  expect(claimOf(null, desk)).toBe('free');
});

test('a session without a cookie belongs to its origin, and so outlasts a reload', () => {
  const session = newSession(desk, false);
  expect(session.cookie).toBe('');
  expect(claimOf(session, desk)).toBe('own');
  expect(claimOf(session, other)).toBe('foreign');
  expect(claimOf(session, program)).toBe('foreign');
  expect(claimOf(newSession(program, false), program)).toBe('own');
  expect(claimOf(newSession(program, false), desk)).toBe('foreign');
});

test('a session with a cookie belongs to who has that, and comes from its origin', () => {
  const session = newSession(desk, true);
  expect(session.cookie).toMatch(/^[0-9a-f]{32}$/);
  const cookies = `theirs=1; SESSIONID=${session.cookie}`;
  expect(claimOf(session, { ...desk, cookies })).toBe('own');
  expect(claimOf(session, { ...other, cookies })).toBe('foreign');
  expect(claimOf(settled(session), desk)).toBe('cookieless');
  expect(claimOf(session, { ...desk, cookies: `SESSIONID=${newSession(desk, true).cookie}` })).toBe('cookieless');
});

test('requests that were under way when a session took the place of another are its own, until it has settled', () => {
  const stale = { ...desk, cookies: 'SESSIONID=00112233445566778899aabbccddeeff' };
  const session = newSession(stale, true);
  expect(session.cookie).not.toContain('0011223344');
  expect(claimOf(session, stale)).toBe('late');
  expect(claimOf(session, { ...stale, origin: other.origin })).toBe('foreign');
  expect(claimOf(settled(session), stale)).toBe('cookieless');
});

test('first requests that were sent at once are its own; who keeps no cookie is told so soon', () => {
  vi.useFakeTimers();
  const session = newSession(desk, true);
  vi.advanceTimersByTime(4999);
  expect(claimOf(session, desk)).toBe('late');
  expect(claimOf(session, { ...desk, cookies: 'SESSIONID=' })).toBe('late');
  expect(claimOf(session, other)).toBe('foreign');
  expect(claimOf(settled(session), desk)).toBe('cookieless');
  vi.advanceTimersByTime(1);
  expect(claimOf(session, desk)).toBe('cookieless');
});

test('its cookie comes back to another site over TLS only, and to no script', () => {
  const session = newSession(desk, true);
  const plain = `SESSIONID=${session.cookie}; Path=/; HttpOnly; Secure; SameSite=None`;
  expect(cookieHeader(session, false)).toBe(plain);
  expect(cookieHeader(session, true)).toBe(`${plain}; Partitioned`);
});
