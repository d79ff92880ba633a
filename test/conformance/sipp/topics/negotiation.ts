/** Reliable provisional responses, UPDATE, session timers: what is agreed before and after the answer. */
import { dial, pickUp, sees, type Topic, talk } from '../scenario.ts';

export const negotiation = {
  '100rel-required': {
    behaviour: 'an INVITE that requires 100rel gets a reliable 180, repeated after 0.5 s until its PRACK comes',
    source: 'RFC 3262 §3',
    caller: 'sipp',
    retransmissions: false,
    user: async (phone) => {
      await phone.call('ALERTING');
    },
  },
  '100rel-delayed-offer': {
    behaviour: 'without SDP in the INVITE the reliable 180 has the offer, the PRACK the answer, and the 200 none',
    source: 'RFC 3262 §5',
    caller: 'sipp',
    user: pickUp,
  },
  'prack-unknown-481': {
    behaviour: 'PRACK for a response that was not sent: 481',
    source: 'RFC 3262 §3',
    caller: 'sipp',
  },
  'prack-once': {
    behaviour: 'PRACK with the RAck of each reliable 18x in order; one that is repeated is not acknowledged again',
    source: 'RFC 3262 §4',
    caller: 'phone',
    retransmissions: false,
    user: dial,
  },
  'prack-fork-199': {
    behaviour: '199 ends the early dialog of one fork, the other one is answered',
    source: 'RFC 6228 §4',
    caller: 'phone',
    user: dial,
  },
  'update-offer': {
    behaviour: 'UPDATE with an offer is answered, and what it says is shown',
    source: 'RFC 3311 §5.2',
    caller: 'sipp',
    user: async (phone) => {
      await pickUp(phone);
      await phone.call('REMOTE_HELD');
      await phone.does('hangup');
    },
  },
  'update-refresh': {
    behaviour: 'UPDATE without SDP refreshes: 200 with Contact and without SDP',
    source: 'RFC 3311 §5.2',
    caller: 'sipp',
    user: pickUp,
  },
  'update-491': {
    behaviour: 'UPDATE with an offer while a re-INVITE of ours is open: 491',
    source: 'RFC 3311 §5.2',
    caller: 'phone',
    user: async (phone) => {
      await talk(phone);
      await phone.does('hold');
      await phone.call('HELD');
      await phone.does('hangup');
    },
  },
  'update-early': {
    behaviour: 'UPDATE with an offer in an early dialog of ours, after offer and answer: 200 with an answer',
    source: 'RFC 3311 §5.1, RFC 6337 §2.2',
    caller: 'phone',
    user: dial,
  },
  'update-too-early-500': {
    behaviour: 'UPDATE with an offer while the INVITE’s own is unanswered: 500 with Retry-After',
    source: 'RFC 3311 §5.2',
    caller: 'sipp',
  },
  'session-timer-uac': {
    behaviour: 'Session-Expires with refresher=uac comes back in the 200, with Require: timer',
    source: 'RFC 4028 §9',
    caller: 'sipp',
    user: pickUp,
  },
  'session-timer-uas': {
    behaviour: 'Session-Expires with refresher=uas comes back in the 200: the phone refreshes',
    source: 'RFC 4028 §9',
    caller: 'sipp',
    user: pickUp,
  },
  'session-timer-422': {
    behaviour: '422 to our INVITE: again with the Min-SE of the response in Session-Expires and Min-SE',
    source: 'RFC 4028 §7.3',
    caller: 'phone',
    user: dial,
  },
  'session-timer-short-422': {
    behaviour: 'an INVITE with a Session-Expires below 90 s: 422 with Min-SE, before anything rings',
    source: 'RFC 4028 §9',
    caller: 'sipp',
  },
  'session-timer-reinvite-422': {
    behaviour: 'a re-INVITE with a Session-Expires below 90 s: 422 with Min-SE, and the call goes on',
    source: 'RFC 4028 §9',
    caller: 'sipp',
    user: pickUp,
  },
  'codec-488': {
    behaviour: 'an offer of codecs that the phone does not have: 488, before anything rings',
    source: 'RFC 3261 §13.3.1.3',
    caller: 'sipp',
  },
  'reinvite-488': {
    behaviour: 'a re-INVITE with codecs that the phone does not have: 488, and the call goes on as it was',
    source: 'RFC 3261 §14.2',
    caller: 'sipp',
    user: async (phone) => {
      await pickUp(phone);
      await sees(phone, 'the call goes on', (it) => it.state === 'TALKING');
      await phone.does('hangup');
    },
  },
} as const satisfies Topic;
