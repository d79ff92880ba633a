/** Calls as such: how they begin, how they are refused, how they end. */

import type { Phone } from '../../../phone.ts';
import { answer, dial, fail, pickUp, type Topic, talk } from '../scenario.ts';

async function giveUp(phone: Phone): Promise<void> {
  await dial(phone);
  await phone.call('RINGING');
  await phone.does('hangup');
}

export const calls = {
  'busy-486': {
    behaviour: 'ACK of 486 with branch and CSeq number of the INVITE, nothing after it; the agent is told',
    source: 'RFC 3261 §21.4.24, §17.1.1.3',
    caller: 'phone',
    user: (phone) => fail(phone, 'TL3006'),
  },
  'not-found-404': {
    behaviour: 'the same for 404',
    source: 'RFC 3261 §21.4.5, §17.1.1.3',
    caller: 'phone',
    user: (phone) => fail(phone, 'TL3008'),
  },
  'decline-603': {
    behaviour: 'the same for 603',
    source: 'RFC 3261 §21.6.2, §17.1.1.3',
    caller: 'phone',
    user: (phone) => fail(phone, 'TL3007'),
  },
  cancel: {
    behaviour: 'CANCEL with branch, CSeq number and Request-URI of the INVITE; ACK of the 487',
    source: 'RFC 3261 §9.1',
    caller: 'phone',
    user: giveUp,
  },
  'cancel-race': {
    behaviour: '200 after the CANCEL is acknowledged, then BYE',
    source: 'RFC 3261 §9.1, §15',
    caller: 'phone',
    user: giveUp,
  },
  'redirect-302': {
    behaviour: 'ACK of the 302; new INVITE to its Contact: new branch, same Call-ID and From tag, no To tag',
    source: 'RFC 3261 §8.1.3.4',
    caller: 'phone',
    user: talk,
  },
  'in-dialog-481-bye': {
    behaviour: 'a BYE that met 481 is not sent again',
    source: 'RFC 3261 §15.1.1',
    caller: 'phone',
    user: async (phone) => {
      await talk(phone);
      await phone.does('hangup');
    },
  },
  'in-dialog-481-reinvite': {
    behaviour: 'ACK of the 481 to a re-INVITE; at most a BYE after it',
    source: 'RFC 3261 §12.2.1.2',
    caller: 'phone',
    user: async (phone) => {
      await talk(phone);
      await phone.ctl('hold');
    },
  },
  'glare-491': {
    behaviour: 'ACK of the 491; the re-INVITE again after 2.1 to 4 s',
    source: 'RFC 3261 §14.1',
    caller: 'phone',
    user: async (phone) => {
      await talk(phone);
      // The far end ends the call soon after: before the command's program has ended, perhaps.
      await Promise.all([phone.call('HELD'), phone.does('hold')]);
    },
  },
  'late-and-repeated-200': {
    behaviour: 'one ACK for each of three 200',
    source: 'RFC 3261 §13.2.2.4',
    caller: 'phone',
    retransmissions: false,
    user: talk,
  },
  'forked-180': {
    behaviour: 'ACK with the To tag and Contact of each 2xx; BYE for the second fork that answers',
    source: 'RFC 3261 §13.2.2.4',
    caller: 'phone',
    user: talk,
  },
  'early-media': {
    behaviour: '183 with SDP, then 200: acknowledged once',
    source: 'RFC 3960 §3.2',
    caller: 'phone',
    user: async (phone) => {
      await dial(phone);
      await phone.call('RINGING');
      await phone.call('TALKING');
    },
  },
  'delayed-offer-invite': {
    behaviour: '200 to an INVITE without SDP has an offer with PCMU',
    source: 'RFC 3261 §13.2.1, RFC 3264 §4',
    caller: 'sipp',
    user: answer,
  },
  'reinvite-without-sdp': {
    behaviour: '200 to a re-INVITE without SDP has an offer of the same session',
    source: 'RFC 3261 §14.2',
    caller: 'sipp',
    user: answer,
  },
  'incoming-cancel': {
    behaviour: '200 to the CANCEL with the To tag of the 180, 487 to the INVITE, which ends with the ACK',
    source: 'RFC 3261 §9.2',
    caller: 'sipp',
    user: (phone) => phone.call('ALERTING'),
  },
  'bye-before-ack': {
    behaviour: '200 to a BYE that comes without an ACK',
    source: 'RFC 3261 §15',
    caller: 'sipp',
    user: pickUp,
  },
  'uas-2xx-retransmission': {
    behaviour: 'the 200 again after 0.5, 1 and 2 s until the ACK comes; then BYE',
    source: 'RFC 3261 §13.3.1.4',
    caller: 'sipp',
    retransmissions: false,
    user: pickUp,
  },
  'hold-by-remote': {
    behaviour: '`sendonly` is answered with `recvonly`, `sendrecv` with `sendrecv` (or no direction, which means it)',
    source: 'RFC 3264 §6.1, §8.4',
    caller: 'sipp',
    user: async (phone) => {
      await answer(phone);
      await phone.call('REMOTE_HELD');
      await phone.call('TALKING');
    },
  },
  'unknown-dialog': {
    behaviour: '481 to BYE and re-INVITE with an unknown To tag; 200 with Allow to OPTIONS',
    source: 'RFC 3261 §12.2.2, §11.2',
    caller: 'sipp',
  },
  reject: {
    behaviour: '486 with a To tag, which ends with the ACK',
    source: 'RFC 3261 §21.4.24',
    caller: 'sipp',
    user: async (phone) => {
      await phone.call('ALERTING');
      await phone.does('reject');
    },
  },
} as const satisfies Topic;

/** Its INVITE goes on being sent, and would disturb another scenario: the last one. */
export const silence = {
  'silence-408': {
    behaviour: 'INVITE again after 0.5, 1, 2 and 4 s, with the same branch',
    source: 'RFC 3261 §17.1.1.2',
    caller: 'phone',
    retransmissions: false,
    user: (phone) => dial(phone),
    after: (phone) => phone.does('hangup'),
  },
} as const satisfies Topic;
