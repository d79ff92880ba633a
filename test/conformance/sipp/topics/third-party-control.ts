/** The line's server controls the phone's calls: NOTIFY inside the dialog, make-call, automatic answer. */
import assert from 'node:assert/strict';
import { dial, pickUp, sees, type Topic, talkAndLeave } from '../scenario.ts';

const control = 'third-party call control: ';

export const thirdPartyControl = {
  'talk-answers': {
    behaviour: 'NOTIFY talk answers a call that rings; its 200 goes out before the 200 of the INVITE',
    source: `${control}answer`,
    caller: 'sipp',
    user: talkAndLeave,
  },
  'talk-resumes': {
    behaviour: 'NOTIFY hold holds a call (re-INVITE with sendonly), NOTIFY talk resumes it (sendrecv)',
    source: `${control}hold, retrieve`,
    caller: 'sipp',
    user: pickUp,
  },
  'hold-both': {
    behaviour: 'NOTIFY hold while the far end holds too: a re-INVITE that asks for no sound, and both hold',
    source: `${control}hold; RFC 3264 §8.4, RFC 6337 §5.3`,
    caller: 'sipp',
    user: async (phone) => {
      await pickUp(phone);
      await sees(phone, 'held by both', (call) => call.state === 'HELD' && call.heldByRemote);
      await phone.does('hangup');
    },
  },
  'talk-hold-ignored': {
    behaviour: 'NOTIFY talk to a call that is talked on, NOTIFY hold to one that is held: 200 and nothing more',
    source: `${control}answer, hold`,
    caller: 'sipp',
    user: pickUp,
  },
  'notify-repeated': {
    behaviour: 'a NOTIFY that is repeated is answered again, and acted upon once',
    source: 'RFC 3261 §17.2.2',
    caller: 'sipp',
    retransmissions: false,
    user: async (phone) => {
      const released = phone.released();
      await pickUp(phone);
      assert.equal((await released).dtmfSent, '5');
    },
  },
  'dtmf-by-server': {
    behaviour: 'NOTIFY dtmf sends digits, and shows them to the agent',
    source: `${control}dtmf`,
    caller: 'sipp',
    user: async (phone) => {
      const released = phone.released();
      await pickUp(phone);
      assert.equal((await released).dtmfSent, '12#');
    },
  },
  'beep-by-server': {
    behaviour: 'NOTIFY beep gets 200',
    source: `${control}beep`,
    caller: 'sipp',
    user: pickUp,
  },
  'unknown-event-489': {
    behaviour: 'NOTIFY inside a dialog of an event that the phone does not know: 489 with Allow-Events',
    source: 'RFC 6665 §4.1.3',
    caller: 'sipp',
    user: pickUp,
  },
  'talk-outside-481': {
    behaviour: 'NOTIFY talk, hold or dtmf outside a dialog: 481',
    source: `${control}answer; RFC 3261 §12.2.2`,
    caller: 'sipp',
  },
  'talk-by-stranger-403': {
    behaviour: 'NOTIFY talk from another address than that of the line’s server: 403, the call goes on ringing',
    source: 'third-party call control from the line’s server only',
    caller: 'sipp',
    at: 'elsewhere',
  },
  'make-call-flow-1': {
    behaviour:
      'make-call: INVITE without SDP, NOTIFY talk, 200 with an offer that is repeated until the ACK brings the answer, however late (10 s)',
    source: `${control}make-call; RFC 3725 §4.1`,
    caller: 'sipp',
    retransmissions: false,
    user: talkAndLeave,
  },
  'make-call-fails': {
    behaviour: 'make-call that fails: an answer with 0.0.0.0 in the ACK, BYE with a Reason that the agent is shown',
    source: `${control}make-call; RFC 3326`,
    caller: 'sipp',
    user: async (phone) => {
      assert.equal((await phone.released()).endReason, 'Busy Here');
    },
  },
  'make-call-flow-2': {
    behaviour: 'make-call with a black hole as offer, then a re-INVITE without SDP whose ACK brings the answer',
    source: `${control}make-call; RFC 3725 §4.2`,
    caller: 'sipp',
    user: talkAndLeave,
  },
  'make-call-by-refer': {
    behaviour:
      'REFER outside a dialog: 202, INVITE with Referred-By to the target, NOTIFY for each step, the last one terminated',
    source: `${control}make-call; RFC 3515 §2.4`,
    caller: 'sipp',
    beside: 'elsewhere',
    user: talkAndLeave,
  },
  'make-call-by-refer-to-proxy': {
    behaviour: 'refer_to_proxy: the INVITE that a REFER asks for goes to the line’s server, whatever its target',
    source: `${control}make-call`,
    caller: 'sipp',
    phone: 'other',
    at: 'registrar',
    beside: 'server',
    user: talkAndLeave,
  },
  'refer-by-stranger-403': {
    behaviour: 'REFER outside a dialog from another address than that of the line’s server: 403',
    source: 'third-party call control from the line’s server only',
    caller: 'sipp',
    at: 'elsewhere',
  },
  'silent-alert': {
    behaviour: 'Alert-Info of a make-call: nothing rings',
    source: `${control}suppressed ringing`,
    caller: 'sipp',
    forms: ['<urn:alert:service:3pcc@genesys>', '<file://null>;service=3pcc', '<FILE://NULL>'],
    user: async (phone) => {
      await sees(phone, 'a silent call', (call) => call.state === 'ALERTING' && call.silent);
      await phone.does('reject');
    },
  },
  'ring-tone': {
    behaviour: 'Alert-Info names the ring tone',
    source: 'RFC 3261 §20.4, RFC 7462',
    caller: 'sipp',
    user: async (phone) => {
      await sees(phone, 'the ring tone', (call) => call.ring === 'urn:alert:source:internal' && !call.silent);
      await phone.does('reject');
    },
  },
  'auto-answer': {
    behaviour: 'an INVITE of the line’s server that asks for it is answered by itself',
    source: 'remote automatic answer; RFC 5373 §3.1',
    caller: 'sipp',
    forms: [
      'Alert-Info: info=alert-autoanswer',
      'Alert-Info: <http://localhost/AutoAnswer>;delay=0;info=alert-autoanswer',
      'Alert-Info: ;info=alert-autoanswer',
      'Alert-Info: <http://localhost/>;answer-after=0',
      'Alert-Info: <http://localhost/>; Intercom = true',
      'Alert-Info: Auto Answer',
      'Alert-Info: Ring Answer',
      'Alert-Info: Intercom',
      'Call-Info: <sip:localhost>;answer-after=0',
      'Answer-Mode: Auto',
      'Priv-Answer-Mode: Auto',
      'P-Auto-Answer: normal',
    ],
    user: talkAndLeave,
  },
  'auto-answer-delay': {
    behaviour: 'the delay of an automatic answer is kept',
    source: 'remote automatic answer',
    caller: 'sipp',
  },
  'answer-mode': {
    behaviour: 'the 200 of a call that has answered by itself says Answer-Mode: Auto',
    source: 'RFC 5373 §4.3',
    caller: 'sipp',
  },
  'answer-mode-refused-403': {
    behaviour: 'Answer-Mode: Auto;require from somebody who may not have calls answered: 403',
    source: 'RFC 5373 §4.2',
    caller: 'sipp',
    at: 'elsewhere',
  },
  'answer-mode-by-stranger': {
    behaviour: 'Answer-Mode: Auto from somebody who may not have calls answered: it rings',
    source: 'RFC 5373 §4.2; remote automatic answer',
    caller: 'sipp',
    at: 'elsewhere',
  },
  'call-uuid': {
    behaviour: 'X-Genesys-CallUUID of an INVITE is shown with the call',
    source: 'the contact centre’s number for a call',
    caller: 'sipp',
    user: async (phone) => {
      const { callUuid } = await phone.released();
      assert.equal(callUuid, '01234567890123456789012345678901');
    },
  },
  'call-uuid-outgoing': {
    behaviour: 'X-Genesys-CallUUID of a response is shown with the call',
    source: 'the contact centre’s number for a call',
    caller: 'phone',
    user: async (phone) => {
      const released = phone.released();
      await dial(phone);
      assert.equal((await released).callUuid, '01234567890123456789012345678901');
    },
  },
} as const satisfies Topic;
