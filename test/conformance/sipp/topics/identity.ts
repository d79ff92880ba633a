/** Who calls, who is called, who was called before, and why a call has ended: what the agent is shown. */
import assert from 'node:assert/strict';
import type { Phone } from '../../../phone.ts';
import { dial, pickUp, sees, type Topic } from '../scenario.ts';

/** The call rings with that name, until the agent rejects it. */
const named = (name: string) => async (phone: Phone) => {
  await sees(phone, `the name ${name}`, (it) => it.state === 'ALERTING' && it.remote?.displayName === name);
  await phone.does('reject');
};

export const identity = {
  'name-utf8': {
    behaviour: 'a display name in UTF-8 is shown, whatever is escaped in it',
    source: 'RFC 3261 §25.1',
    caller: 'sipp',
    user: named('Zoë "Ö" 電話'),
  },
  'name-latin1': {
    behaviour: 'a display name in ISO 8859-1, which is no UTF-8, is shown as it is meant',
    source: 'what servers send',
    caller: 'sipp',
    user: named('Zoë'),
  },
  'p-asserted-identity': {
    behaviour: 'P-Asserted-Identity of the server counts more than From',
    source: 'RFC 3325 §9.1',
    caller: 'sipp',
    user: named('Alice'),
  },
  'identity-updated': {
    behaviour: 'P-Asserted-Identity in an UPDATE: the agent sees whom the call has come to',
    source: 'RFC 3325 §9.1, RFC 5876 §3.1',
    caller: 'sipp',
    user: async (phone) => {
      await pickUp(phone);
      await sees(phone, 'the other one', (it) => it.remote?.displayName === 'Bob');
      await phone.does('hangup');
    },
  },
  anonymous: {
    behaviour: 'an anonymous call: From anonymous, Privacy: id, and P-Preferred-Identity for the server',
    source: 'RFC 3323 §4.1, RFC 3325 §9.2',
    caller: 'phone',
    user: (phone) => dial(phone, '--anonymous'),
  },
  'anonymous-caller': {
    behaviour: 'Privacy: id of the caller: the agent is not shown what P-Asserted-Identity tells the server',
    source: 'RFC 3325 §9.3',
    caller: 'sipp',
    user: named('Anonymous'),
  },
  diversion: {
    behaviour: 'Diversion: who was called before, and why not there',
    source: 'RFC 5806 §4',
    caller: 'sipp',
    user: async (phone) => {
      await sees(
        phone,
        'the diversion',
        (it) => it.diversions[0]?.party?.number === '700' && it.diversions[0].reason === 'user-busy',
      );
      await phone.does('reject');
    },
  },
  'history-info': {
    behaviour: 'History-Info: who was called before, and why not there',
    source: 'RFC 7044 §5, RFC 4458 §2',
    caller: 'sipp',
    user: async (phone) => {
      await sees(
        phone,
        'the history',
        (it) => it.diversions[0]?.party?.number === '700' && it.diversions[0].reason === 'no-answer',
      );
      await phone.does('reject');
    },
  },
  'forwarded-181': {
    behaviour: '181: the agent sees that the call was sent on',
    source: 'RFC 3261 §21.1.3',
    caller: 'phone',
    user: async (phone) => {
      await dial(phone);
      await sees(phone, 'that it was sent on', (it) => it.redirections[0]?.status === 181);
      await phone.does('hangup');
    },
  },
  'progress-183': {
    behaviour: '183 without SDP: it rings at the far end, without early media',
    source: 'RFC 3261 §21.1.5',
    caller: 'phone',
    user: async (phone) => {
      await dial(phone);
      await sees(phone, 'ringing', (it) => it.state === 'RINGING' && !it.earlyMedia);
      await phone.does('hangup');
    },
  },
  'reason-bye': {
    behaviour: 'Reason of a BYE is shown with the call',
    source: 'RFC 3326 §2',
    caller: 'sipp',
    user: async (phone) => {
      const released = phone.released();
      await pickUp(phone);
      assert.equal((await released).endReason, 'Call completed elsewhere');
    },
  },
  'reason-cancel': {
    behaviour: 'Reason of a CANCEL is shown with the call',
    source: 'RFC 3326 §2',
    caller: 'sipp',
    user: async (phone) => {
      assert.equal((await phone.released()).endReason, 'Call completed elsewhere');
    },
  },
} as const satisfies Topic;
