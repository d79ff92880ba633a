import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Caller, corsHeaders, judgeCaller, type Rules, takeSecret } from './connector-guard.ts';

const desktop = 'https://desktop.example.org';
const secret = 'sixteen-or-more-of-them';
const open: Rules = { port: 8000, scheme: 'https', names: ['127.0.0.1'], origins: [], bound: null, secret: '' };
const locked = { ...open, secret };

const judge = (headers: Caller['headers'], rules = open, more: Partial<Caller> = {}) =>
  judgeCaller({ headers: { host: '127.0.0.1:8000', ...headers }, hasSecret: false, isPublic: false, ...more }, rules);

test.each([undefined, '', 'evil.example:8000', '127.0.0.1', '127.0.0.1:8001', '127.0.0.2:8000', 'localhost.:8000'])(
  'who calls us %s is turned away, also at pages for everybody',
  (host) => {
    expect(judge({ host })).toBe('foreign');
    expect(judge({ host }, open, { isPublic: true })).toBe('foreign');
  },
);

test('while none has the phone any origin may, then that one alone', () => {
  expect(judge({ origin: desktop })).toBe('pass');
  expect(judge({ origin: desktop }, { ...open, bound: desktop })).toBe('pass');
  expect(judge({ origin: 'https://evil.example' }, { ...open, bound: desktop })).toBe('origin');
  expect(judge({ origin: desktop }, { ...open, bound: '' })).toBe('origin');
});

test('where origins are listed, no other one may, whoever has the phone', () => {
  const listed = { ...open, origins: [desktop] };
  expect(judge({ origin: desktop }, listed)).toBe('pass');
  expect(judge({ origin: desktop.toUpperCase() }, listed)).toBe('pass');
  expect(judge({ origin: 'https://evil.example' }, listed)).toBe('origin');
  expect(judge({ origin: `${desktop}.evil.example` }, listed)).toBe('origin');
  expect(judge({ origin: desktop.replace('https', 'http') }, listed)).toBe('origin');
});

test('pages of our own may', () => {
  const other = { ...open, bound: desktop };
  expect(judge({ origin: 'https://127.0.0.1:8000' }, other)).toBe('pass');
  expect(judge({ origin: 'https://localhost:8000' }, other)).toBe('origin');
  expect(judge({ origin: 'http://127.0.0.1:8000' }, other)).toBe('origin');
});

test.each(['null', '', 'https://a, https://b', 'https://a/', 'https://a b', 'evil', 'https://', 'https://a\r\nX: y'])(
  'the origin %j is of nobody',
  (origin) => {
    expect(judge({ origin })).toBe('origin');
    expect(corsHeaders({ host: '127.0.0.1:8000', origin }, open)).toBeNull();
  },
);

test.each([
  ['a program', {}, 'pass'],
  ['an address typed in', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 'pass'],
  ['a page of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 'pass'],
  ['an image of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 'foreign'],
  ['a script of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 'foreign'],
  ['a link of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'foreign'],
  ['a form', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', origin: desktop }, 'foreign'],
  ['a script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: desktop }, 'pass'],
])('%s', (_name, headers, verdict) => {
  expect(judge(headers)).toBe(verdict);
  expect(judge(headers, locked, { isPublic: true })).toBe('pass');
});

test('the secret: as a Bearer token or in the path', () => {
  expect(judge({}, locked)).toBe('secret');
  expect(judge({ origin: desktop }, locked)).toBe('secret');
  expect(judge({ authorization: `Bearer ${secret}` }, locked)).toBe('pass');
  expect(judge({ authorization: `bearer  ${secret}` }, locked)).toBe('pass');
  expect(judge({ authorization: `Basic ${secret}` }, locked)).toBe('secret');
  expect(judge({ authorization: `Bearer ${secret}x` }, locked)).toBe('secret');
  expect(judge({ authorization: 'Bearer' }, locked)).toBe('secret');
  expect(judge({}, locked, { hasSecret: true })).toBe('pass');
});

test.each([
  [`/${secret}/Ping`, '/Ping', true],
  [`/${secret}/Ping?a=/${secret}`, `/Ping?a=/${secret}`, true],
  [`/${secret}`, '/', true],
  [`/${secret}?a`, '/?a', true],
  [`/${secret}/`, '/', true],
  [`//${secret}/Ping`, `//${secret}/Ping`, false],
  [`/${secret}x/Ping`, `/${secret}x/Ping`, false],
  [`/Ping/${secret}`, `/Ping/${secret}`, false],
  [`/%73${secret.slice(1)}/Ping`, `/%73${secret.slice(1)}/Ping`, false],
  ['/', '/', false],
  ['', '', false],
])('of %s there is left %s', (given, path, hasSecret) => {
  expect(takeSecret(given, secret)).toEqual({ path, hasSecret });
});

test('where there is no secret, paths stay as they are', () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      expect(takeSecret(`/${rest}`, '')).toEqual({ path: `/${rest}`, hasSecret: false });
    }),
  );
});

test('the answer to a page is told in its headers, to no other one', () => {
  const host = '127.0.0.1:8000';
  expect(corsHeaders({ host, origin: desktop }, open)).toEqual({
    'Access-Control-Allow-Origin': desktop,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, Authorization, X-Requested-With',
    'Access-Control-Max-Age': '600',
  });
  const network = { 'access-control-request-private-network': 'true' };
  expect(corsHeaders({ host, origin: desktop, ...network }, open)).toMatchObject({
    'Access-Control-Allow-Private-Network': 'true',
  });
  expect(corsHeaders({ host, origin: desktop }, open, ['A'])).toMatchObject({
    'Access-Control-Allow-Headers': 'Content-Type, Authorization, X-Requested-With, A',
  });
  expect(corsHeaders({ host, origin: desktop }, { ...open, bound: 'https://other.example' })).toBeNull();
  expect(corsHeaders({ host }, open)).toBeNull();
  expect(corsHeaders({ host: 'evil.example:8000', origin: 'https://evil.example:8000' }, open)).toBeNull();
});
