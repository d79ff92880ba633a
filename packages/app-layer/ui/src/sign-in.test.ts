import { expect, test } from 'vitest';
import type { Account } from '../../src/account/account.ts';
import { type Problems, problemsIn, tidied } from './sign-in.ts';

const good: Account = {
  user: '701',
  displayName: '',
  authUser: '',
  password: '',
  server: 'sip.example.org',
  transport: 'udp',
  keep: false,
};

test.each<[Partial<Account>, Problems]>([
  [{}, {}],
  [{ user: 'grace.hopper' }, {}],
  [{ user: '' }, { user: 'userMissing' }],
  [{ user: '701@sip.example.org' }, { user: 'userMalformed' }],
  [{ user: 'Grace Hopper' }, { user: 'userMalformed' }],
  [{ server: '' }, { server: 'serverMissing' }],
  [{ server: 'sip:sip.example.org' }, { server: 'serverMalformed' }],
  [{ server: 'https://sip.example.org/' }, { server: 'serverMalformed' }],
  [{ server: 'sip.example.org:' }, { server: 'serverMalformed' }],
  [{ server: 'sip.example.org:0' }, { server: 'serverMalformed' }],
  [{ server: 'sip.example.org:65536' }, { server: 'serverMalformed' }],
  [{ server: 'sip.example.org:5061' }, {}],
  [{ server: '192.0.2.1:5060' }, {}],
  [{ server: '[2001:db8::1]:5060' }, {}],
  [{ server: 'a.example.org:5060;b.example.org' }, {}],
  [{ server: 'a.example.org;' }, { server: 'serverMalformed' }],
  [
    { user: '', server: '' },
    { user: 'userMissing', server: 'serverMissing' },
  ],
])('%o has the problems %o', (said, problems) => {
  expect(problemsIn({ ...good, ...said })).toEqual(problems);
});

test('blanks of pasting are left out, those of a password are not', () => {
  const pasted = { ...good, user: ' 701\n', server: '\tsip.example.org ', password: ' secret ' };
  expect(tidied(pasted)).toEqual({ ...good, password: ' secret ' });
});
