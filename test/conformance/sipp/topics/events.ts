/** Event packages: mailboxes, agents, do not disturb at the server, presence, shared lines, the registration itself. */

import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import type { Line } from '@thinline/shared/contract/types.ts';
import type { Phone } from '../../../phone.ts';
import { type Scenario, settled, type Topic } from '../scenario.ts';

const line = (state: PhoneState, n: number): Line | undefined => state.phone?.lines[n];

async function register(phone: Phone, n: number): Promise<void> {
  await phone.does('register', '--line', `line${n}`);
  await phone.waitFor('registered', (it) => line(it, n)?.state === 'REGISTERED');
}

async function leave(phone: Phone, n: number): Promise<void> {
  await phone.does('unregister', '--line', `line${n}`);
  await phone.waitFor('registered no more', (it) => line(it, n)?.state === 'UNREGISTERED');
}

const hasState =
  (n: number, state: string) =>
  (it: PhoneState): boolean =>
    line(it, n)?.agent?.state === state;

const registering = {
  caller: 'phone',
  phone: 'featured',
  at: 'registrar',
  before: settled,
} as const satisfies Partial<Scenario>;

export const events = {
  'mailbox-subscribed': {
    ...registering,
    calls: 2,
    behaviour:
      'message-summary: SUBSCRIBE for the mailbox that is configured, the number of messages is shown, Expires: 0 at the end',
    source: 'voice mailbox; RFC 3842 §3, RFC 6665 §4.1',
    user: async (phone) => {
      await register(phone, 2);
      await phone.waitFor('two messages', (it) => line(it, 2)?.mailboxes[0]?.newMessages === 2);
      await leave(phone, 2);
    },
  },
  'mailbox-unsolicited': {
    behaviour:
      'message-summary in a NOTIFY that nobody has subscribed to, from the line’s server: 200, and it is shown',
    source: 'voice mailbox',
    caller: 'sipp',
    user: (phone) => phone.waitFor('three messages', (it) => line(it, 0)?.mailboxes[0]?.newMessages === 3),
  },
  'agent-login': {
    ...registering,
    calls: 3,
    behaviour:
      'as-feature-event and x-broadworks-hoteling: login with a challenge (MD5 of nonce and password), not ready first',
    source: 'agent state by phone',
    user: async (phone) => {
      await register(phone, 3);
      await phone.waitFor('logged out', hasState(3, 'LOGGED_OUT'));
      await phone.does('agent', 'login', '1001', '--line', 'line3');
      await phone.waitFor('not ready', hasState(3, 'NOT_READY'));
      await leave(phone, 3);
    },
  },
  'server-do-not-disturb': {
    ...registering,
    calls: 3,
    behaviour: 'as-feature-event: do not disturb is set at the server, and is on when the server says so',
    source: 'do not disturb at the server',
    user: async (phone) => {
      await register(phone, 3);
      await phone.waitFor('the server keeps it', (it) => line(it, 3)?.featuresOnServer === true);
      await phone.does('dnd', 'on', '--line', 'line3');
      await phone.waitFor('on', (it) => line(it, 3)?.doNotDisturb === true);
      await leave(phone, 3);
    },
  },
  'presence-subscribed': {
    behaviour: 'presence: SUBSCRIBE of the line’s server gets 200 and a NOTIFY with the state, and another at its end',
    source: 'agent state by presence; RFC 3856 §6, RFC 6665 §4.2',
    caller: 'sipp',
    phone: 'featured',
    at: 'registrar',
  },
  'presence-published': {
    ...registering,
    calls: 2,
    behaviour: 'presence: PUBLISH closed, then open with SIP-If-Match when the agent is ready, then Expires: 0',
    source: 'agent state by presence; RFC 3903 §4, RFC 3863 §4.1',
    user: async (phone) => {
      await register(phone, 4);
      await phone.waitFor('logged out', hasState(4, 'LOGGED_OUT'));
      await phone.does('agent', 'login', '1001', '--line', 'line4');
      await phone.does('agent', 'ready', '--line', 'line4');
      await phone.waitFor('ready', hasState(4, 'READY'));
      await leave(phone, 4);
    },
  },
  'shared-line': {
    ...registering,
    calls: 4,
    behaviour:
      'call-info shows who uses a shared line; a call on an appearance seizes it (line-seize) before its INVITE',
    source: 'shared lines',
    user: async (phone) => {
      await register(phone, 5);
      await phone.waitFor('the appearances', (it) => line(it, 5)?.appearances[0]?.state === 'ACTIVE');
      const released = phone.released();
      await phone.does('dial', '42', '--line', 'line5', '--appearance', '2');
      await released;
      await leave(phone, 5);
    },
  },
  'registration-removed': {
    ...registering,
    phone: 'other',
    calls: 2,
    behaviour: 'reg: where the registrar has removed our Contact, the phone registers anew at once',
    source: 'RFC 3680 §4.7',
    user: async (phone) => {
      await register(phone, 2);
      // The registrar's next answer says so much.
      await phone.waitFor('anew', (it) => (line(it, 2)?.expiresAtMs ?? 0) > Date.now() + 100_000);
      await leave(phone, 2);
    },
  },
} as const satisfies Topic;
