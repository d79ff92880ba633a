/** REGISTER: credentials, times, Contacts. */
import assert from 'node:assert/strict';
import type { Line } from '@thinline/shared/contract/types.ts';
import type { Phone } from '../../../phone.ts';
import { type Scenario, settled, type Topic } from '../scenario.ts';

const lineIs = (phone: Phone, state: Line['state']): Promise<unknown> =>
  phone.waitFor(`line2 is ${state}`, ({ phone: it }) => it?.lines[2]?.state === state);

const register = (phone: Phone): Promise<string> => phone.does('register', '--line', 'line2');

const leave = async (phone: Phone): Promise<void> => {
  await phone.does('unregister', '--line', 'line2');
  await lineIs(phone, 'UNREGISTERED');
};

/** The line is registered, and then no longer. */
const usual = {
  caller: 'phone',
  at: 'registrar',
  before: settled,
  user: async (phone) => {
    await register(phone);
    await lineIs(phone, 'REGISTERED');
    await leave(phone);
  },
} as const satisfies Partial<Scenario>;

export const registration = {
  'register-md5': {
    ...usual,
    behaviour: 'REGISTER answers a challenge with MD5: same Call-ID, next CSeq number',
    source: 'RFC 3261 §10.2, §22.2; RFC 2617',
  },
  'register-sha256': {
    ...usual,
    behaviour: 'REGISTER answers with SHA-256 where the server offers that and MD5',
    source: 'RFC 8760 §2.4',
  },
  'register-removed': {
    ...usual,
    behaviour: 'the registration is removed with Expires: 0 at the end',
    source: 'RFC 3261 §10.2.2',
  },
  'register-refresh': {
    ...usual,
    behaviour: 'the registration is refreshed before it ends, by the expires of its own Contact among several',
    source: 'RFC 3261 §10.2.4',
    user: async (phone) => {
      await register(phone);
      await phone.waitFor('the refresh', ({ phone: it }) => (it?.lines[2]?.expiresAtMs ?? 0) > Date.now() + 30_000);
      await leave(phone);
    },
  },
  'register-path': {
    ...usual,
    behaviour: 'Path and Service-Route in the 200 do no harm',
    source: 'RFC 3327, RFC 3608',
  },
  'register-423': {
    ...usual,
    behaviour: '423: again at once, with the Min-Expires of the response',
    source: 'RFC 3261 §10.2.8',
  },
  'register-refused': {
    caller: 'phone',
    at: 'registrar',
    before: settled,
    behaviour: 'a challenge after the right answer: the password is wrong, and nothing more is tried',
    source: 'RFC 3261 §22.2',
    user: async (phone) => {
      await register(phone);
      const { phone: it } = await phone.waitFor('refused', ({ phone: now }) => now?.lines[2]?.state === 'FAILED');
      assert.equal(it?.lines[2]?.failure?.code, 'TL2001');
    },
  },
  'register-rport': {
    ...usual,
    behaviour:
      'received and rport say that the server sees another address: the Contact is put right, the old one removed',
    source: 'RFC 3581 §4, RFC 5626 §1',
  },
} as const satisfies Topic;
