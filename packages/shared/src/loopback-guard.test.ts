import { expect, test } from 'vitest';
import { cookieValue, isOwnHost, judge, makeToken, sameToken } from './loopback-guard.ts';

const code = 'a code';
const own = { port: 8000, token: makeToken(), admits: (it: string) => it === code };
const visitor = { host: '127.0.0.1:8000', origin: undefined, cookie: `thinline_8000=${own.token}`, query: undefined };

test('a token has 256 bits and is new each time', () => {
  expect(Buffer.from(own.token, 'base64url')).toHaveLength(32);
  expect(makeToken()).not.toBe(own.token);
});

test('tokens of any length compare', () => {
  expect(sameToken(own.token, own.token)).toBe(true);
  expect(sameToken('', own.token)).toBe(false);
  expect(sameToken(undefined, own.token)).toBe(false);
  expect(sameToken(`${own.token}a`, own.token)).toBe(false);
});

test.each([
  ['a=1; thinline_8000=x', 'x'],
  ['thinline_8000=x=y ', 'x=y'],
  ['thinline_80001=x', undefined],
  ['thinline_8000', undefined],
  ['', undefined],
])('the cookie in %j is %j', (header, value) => {
  expect(cookieValue(header, 'thinline_8000')).toBe(value);
});

test.each(['127.0.0.1:8000', 'localhost:8000', '[::1]:8000'])('%s is our own name', (host) => {
  expect(judge({ ...visitor, host }, own)).toBe('pass');
  expect(judge({ ...visitor, host, origin: `http://${host}` }, own)).toBe('pass');
});

test.each([undefined, '', '127.0.0.1', '127.0.0.1:8001', 'evil.example:8000', 'localhost.evil.example:8000'])(
  'the Host %s is foreign, even with cookie or token',
  (host) => {
    expect(judge({ ...visitor, host }, own)).toBe('foreign');
    expect(judge({ ...visitor, host, query: code }, own)).toBe('foreign');
  },
);

test.each(['null', 'http://evil.example', 'https://127.0.0.1:8000', 'http://127.0.0.1:3000', 'http://localhost:8000'])(
  'the Origin %s is foreign to http://127.0.0.1:8000',
  (origin) => {
    expect(judge({ ...visitor, origin }, own)).toBe('foreign');
  },
);

test('over TLS pages have another origin, and the port of the scheme may be left out', () => {
  const secure = { ...own, scheme: 'https' } as const;
  expect(judge({ ...visitor, origin: 'https://127.0.0.1:8000' }, secure)).toBe('pass');
  expect(judge({ ...visitor, origin: 'http://127.0.0.1:8000' }, secure)).toBe('foreign');
  expect(isOwnHost('localhost', { port: 443, scheme: 'https' })).toBe(true);
  expect(isOwnHost('localhost:443', { port: 443, scheme: 'https' })).toBe(true);
  expect(isOwnHost('localhost', { port: 443 })).toBe(false);
  expect(isOwnHost('localhost', { port: 80 })).toBe(true);
});

test('a door at another address of loopback has that name too', () => {
  expect(judge({ ...visitor, host: '127.7.7.7:8000' }, own)).toBe('foreign');
  expect(judge({ ...visitor, host: '127.7.7.7:8000' }, { ...own, names: ['127.7.7.7'] })).toBe('pass');
});

test.each([
  ['same-origin', 'cors', 'empty', 'pass'],
  ['none', 'navigate', 'document', 'pass'],
  ['same-site', 'navigate', 'document', 'pass'],
  ['cross-site', 'navigate', 'document', 'pass'],
  ['same-site', 'cors', 'empty', 'foreign'],
  ['same-site', 'no-cors', 'script', 'foreign'],
  ['cross-site', 'no-cors', 'image', 'foreign'],
  ['cross-site', 'navigate', 'iframe', 'foreign'],
  ['same-site', undefined, undefined, 'foreign'],
])('a request from %s, by %s for %s: %s', (site, mode, dest, expected) => {
  const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
  expect(judge({ ...visitor, ...headers }, own)).toBe(expected);
  if (expected === 'foreign') expect(judge({ ...visitor, ...headers, query: code }, own)).toBe('foreign');
});

test.each([
  ['cross-site', 'navigate', 'iframe', 'pass'],
  ['same-site', 'navigate', 'iframe', 'pass'],
  ['cross-site', 'navigate', 'document', 'pass'],
  ['cross-site', 'navigate', 'frame', 'foreign'],
  ['cross-site', 'navigate', 'object', 'foreign'],
  ['cross-site', 'navigate', 'embed', 'foreign'],
  ['cross-site', 'no-cors', 'iframe', 'foreign'],
  ['cross-site', 'cors', 'empty', 'foreign'],
  ['cross-site', 'no-cors', 'script', 'foreign'],
])('where it may be framed, a request from %s, by %s for %s: %s', (site, mode, dest, expected) => {
  const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
  const framed = { ...own, framed: true };
  expect(judge({ ...visitor, ...headers }, framed)).toBe(expected);
  const entering = { ...visitor, ...headers, cookie: undefined, query: code };
  expect(judge(entering, framed)).toBe(expected === 'pass' ? 'enter' : expected);
  expect(judge({ ...entering, origin: 'https://desk.example' }, framed)).toBe('foreign');
  expect(judge({ ...entering, host: 'evil.example:8000' }, framed)).toBe('foreign');
});

test('the code in the address lets in, a wrong one does not, even with a good cookie', () => {
  expect(judge({ ...visitor, cookie: undefined, query: code }, own)).toBe('enter');
  expect(judge({ ...visitor, query: 'x' }, own)).toBe('unknown');
  expect(judge({ ...visitor, query: [code, 'x'] }, own)).toBe('unknown');
});

test('no cookie, or one of an earlier start, is unknown', () => {
  expect(judge({ ...visitor, cookie: undefined }, own)).toBe('unknown');
  expect(judge({ ...visitor, cookie: `thinline_8000=${makeToken()}` }, own)).toBe('unknown');
  expect(judge({ ...visitor, cookie: `thinline_8001=${own.token}` }, own)).toBe('unknown');
});
