/** Requests in dialogs and outside, and what is wrong with some of them. */
import assert from 'node:assert/strict';
import { dial, pickUp, sees, type Topic, talk } from '../scenario.ts';

export const requests = {
  'info-digits': {
    behaviour: 'INFO with application/dtmf-relay: 200, and the digit is shown',
    source: 'digits by INFO; RFC 6086 §4.2.1',
    caller: 'sipp',
    user: async (phone) => {
      const released = phone.released();
      await pickUp(phone);
      assert.equal((await released).dtmfReceived, '5#');
    },
  },
  'info-digits-sent': {
    behaviour: 'dtmf_method Info: each digit is an INFO of its own, the next one when it was answered',
    source: 'digits by INFO',
    caller: 'phone',
    phone: 'other',
    user: async (phone) => {
      await talk(phone);
      await phone.does('dtmf', '1#');
      await phone.does('hangup');
    },
  },
  'info-unknown-415': {
    behaviour: 'INFO with another body: 415 with Accept',
    source: 'RFC 3261 §8.2.3',
    caller: 'sipp',
    user: pickUp,
  },
  'info-package-469': {
    behaviour: 'INFO of an Info-Package: 469 with Recv-Info',
    source: 'RFC 6086 §4.2.2',
    caller: 'sipp',
    user: pickUp,
  },
  message: {
    behaviour: 'MESSAGE, inside a dialog and outside: 200',
    source: 'methods to support; RFC 3428 §7',
    caller: 'sipp',
    user: pickUp,
  },
  'options-in-dialog': {
    behaviour: 'OPTIONS during a call: 200 with Allow and Supported',
    source: 'RFC 3261 §11.2; keep-alive of the server',
    caller: 'sipp',
    user: pickUp,
  },
  'method-405': {
    behaviour: 'a method that the phone does not take: 405 with Allow; one that nobody knows: 501',
    source: 'RFC 3261 §8.2.1, §21.5.2',
    caller: 'sipp',
  },
  'extension-420': {
    behaviour: 'Require of an extension that the phone does not have: 420 with Unsupported',
    source: 'RFC 3261 §8.2.2.3',
    caller: 'sipp',
  },
  'user-404': {
    behaviour: 'an INVITE for somebody else: 404',
    source: 'RFC 3261 §8.2.2.1',
    caller: 'sipp',
  },
  'body-415': {
    behaviour: 'an INVITE whose body is no SDP: 415 with Accept',
    source: 'RFC 3261 §8.2.3',
    caller: 'sipp',
  },
  'merged-482': {
    behaviour: 'the same INVITE by another path: 482',
    source: 'RFC 3261 §8.2.2.2',
    caller: 'sipp',
  },
  'old-cseq-500': {
    behaviour: 'a request with a lower CSeq number than the last one: 500',
    source: 'RFC 3261 §12.2.2',
    caller: 'sipp',
    user: pickUp,
  },
  'cancel-after-200': {
    behaviour: 'CANCEL after the 200: 200, and the call goes on',
    source: 'RFC 3261 §9.2, RFC 6026 §7.1',
    caller: 'sipp',
    user: pickUp,
  },
  'bye-early': {
    behaviour: 'BYE while it rings: 200, and 487 to the INVITE',
    source: 'RFC 3261 §15.1.2',
    caller: 'sipp',
  },
  'unavailable-503': {
    behaviour: '503 with Retry-After: ACK, nothing more; the agent is told',
    source: 'RFC 3261 §21.5.4',
    caller: 'phone',
    user: async (phone) => {
      const released = phone.released();
      await dial(phone);
      assert.notEqual((await released).failure, null);
    },
  },
  'redirect-elsewhere': {
    behaviour: '302 to another host: the INVITE goes there',
    source: 'RFC 3261 §8.1.3.4; redirections of the server',
    caller: 'phone',
    beside: 'elsewhere',
    user: async (phone) => {
      await dial(phone);
      await sees(phone, 'answered elsewhere', (it) => it.state === 'TALKING' && it.redirections[0]?.status === 302);
      await phone.does('hangup');
    },
  },
} as const satisfies Topic;
