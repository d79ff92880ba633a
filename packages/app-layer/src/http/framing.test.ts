import { expect, test } from 'vitest';
import { cookieAttributes, framers } from './framing.ts';

const place = { port: 8000, scheme: 'https' } as const;

test.each(['https://desk.example.com', 'http://localhost:9000', 'https://10.0.0.1', 'https://a_b.example:8443'])(
  '%s may frame the panel where it is named and the panel has https',
  (origin) => {
    expect(framers([origin], place)).toEqual([origin]);
    expect(framers([origin], { ...place, scheme: 'http' })).toEqual([]);
    expect(framers([origin], { port: 8000 })).toEqual([]);
  },
);

test.each([
  '*',
  'https:',
  'https://*',
  'https://*.example.com',
  "'self'",
  'null',
  'data:',
  'https://desk.example.com/page',
  'https://desk.example.com; script-src *',
  'https://desk.example.com https://evil.example',
  'https://desk.example.com\r\nx: y',
  'https://desk.example.com:',
  'https://desk..example',
  'chrome-extension://abcdef',
])('%j would be more than an origin, and may not', (origin) => {
  expect(framers([origin, 'https://desk.example.com'], place)).toEqual(['https://desk.example.com']);
});

test('the cookie is for other sites only in their frames, and only over TLS', () => {
  expect(cookieAttributes('https', true)).toBe('SameSite=None; Secure; Partitioned');
  expect(cookieAttributes('https', false)).toBe('SameSite=Strict; Secure');
  expect(cookieAttributes('http', true)).toBe('SameSite=Strict');
});
