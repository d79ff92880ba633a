/** Transfers, with the phone in each of the three roles. */
import assert from 'node:assert/strict';
import type { Phone } from '../../../phone.ts';
import { dial, pickUp, sees, type Topic, talk } from '../scenario.ts';

const to43 = async (phone: Phone): Promise<void> => {
  await talk(phone);
  await phone.does('transfer', '43');
};

/** The transfer fails, whatever ctl says, and the call is back. */
const back = (how: 'ctl' | 'does', code: string) => async (phone: Phone) => {
  await talk(phone);
  await phone[how]('transfer', '43');
  await sees(phone, 'the call is back', (it) => it.state === 'TALKING' && it.transfer?.failure?.code === code);
  await phone.does('hangup');
};

/** Two calls, the second one by the other line; the first is transferred to it. */
async function joined(phone: Phone, second: 'TALKING' | 'RINGING'): Promise<void> {
  const { id } = await talk(phone);
  await dial(phone, '--line', 'line1');
  const { phone: seen } = await phone.waitFor(
    'the second call',
    ({ phone: it }) =>
      it?.calls.length === 2 && it.calls.every((call) => call.state === (call.id === id ? 'HELD' : second)),
  );
  const other = seen?.calls.find((call) => call.id !== id);
  await phone.does('transfer', '--call', id, '--attended', other?.id ?? '');
}

export const transfer = {
  'transfer-blind': {
    behaviour:
      'transferor: hold, REFER with Refer-To and Referred-By, 200 to each NOTIFY, BYE once the target has answered',
    source: 'RFC 5589 §6, RFC 3515 §2.4.1, RFC 3892 §2.1',
    caller: 'phone',
    user: to43,
  },
  'transfer-refused-403': {
    behaviour: 'transferor: a REFER that is refused resumes the call',
    source: 'RFC 5589 §6.3',
    caller: 'phone',
    user: back('ctl', 'TL3017'),
  },
  'transfer-fails-486': {
    behaviour: 'transferor: a NOTIFY that says 486 resumes the call',
    source: 'RFC 5589 §6.3, RFC 3515 §2.4.5',
    caller: 'phone',
    user: back('does', 'TL3016'),
  },
  'transfer-without-notify': {
    behaviour: 'transferor: Refer-Sub: false in the 202 ends the transfer at once, with a BYE',
    source: 'RFC 4488 §4',
    caller: 'phone',
    user: to43,
  },
  'transfer-attended': {
    behaviour: 'transferor: Refer-To with an escaped Replaces that names the other call; BYE to both',
    source: 'RFC 5589 §7, RFC 3891 §3',
    caller: 'phone',
    beside: 'elsewhere',
    user: (phone) => joined(phone, 'TALKING'),
  },
  'transfer-semi-attended': {
    behaviour: 'transferor: while the target only rings, its call is cancelled, and the Refer-To has no Replaces',
    source: 'RFC 5589 §7.4',
    caller: 'phone',
    beside: 'elsewhere',
    user: (phone) => joined(phone, 'RINGING'),
  },
  transferred: {
    behaviour: 'transferee: 202, INVITE with Replaces and Referred-By to the target, NOTIFYs up to 200',
    source: 'RFC 3515 §2.4, RFC 3891 §3, RFC 3892 §2.2',
    caller: 'sipp',
    beside: 'elsewhere',
    user: async (phone) => {
      await pickUp(phone);
      const { referredBy } = await sees(
        phone,
        'the new call',
        (it) => it.direction === 'OUTGOING' && it.state === 'TALKING',
      );
      assert.equal(referredBy?.number, 'supervisor');
      await phone.does('hangup');
    },
  },
  'transferred-in-vain': {
    behaviour: 'transferee: a target that is busy is told by NOTIFY, and the first call goes on',
    source: 'RFC 3515 §2.4.5',
    caller: 'sipp',
    beside: 'elsewhere',
    user: pickUp,
  },
  'transferred-without-notify': {
    behaviour: 'transferee: Refer-Sub: false in the REFER and so in the 202, and no NOTIFY',
    source: 'RFC 4488 §4',
    caller: 'sipp',
    beside: 'elsewhere',
    user: pickUp,
  },
  'refer-malformed-400': {
    behaviour: 'REFER without Refer-To, or with two: 400',
    source: 'RFC 3515 §2.4.2',
    caller: 'sipp',
    user: pickUp,
  },
  'replaces-answered': {
    behaviour: 'target: an INVITE with Replaces is answered at once, and the call that it replaces gets a BYE',
    source: 'RFC 3891 §3',
    caller: 'sipp',
    user: pickUp,
  },
  'replaces-unknown-481': {
    behaviour: 'target: Replaces that names no call: 481',
    source: 'RFC 3891 §3',
    caller: 'sipp',
  },
  'replaces-early-only-486': {
    behaviour: 'target: Replaces with early-only that names an answered call: 486, and the call goes on',
    source: 'RFC 3891 §3',
    caller: 'sipp',
    user: pickUp,
  },
} as const satisfies Topic;
