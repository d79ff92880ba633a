/** What the phone does by itself with a call: do not disturb, forwarding, busy, ringing for too long. */
import type { Phone } from '../../../phone.ts';
import { pickUp, type Scenario, type Topic, talkAndLeave } from '../scenario.ts';

const forward = (...words: string[]): Pick<Scenario, 'before' | 'after'> => ({
  before: (phone: Phone) => phone.does('forward', ...words),
  after: (phone: Phone) => phone.does('forward', words[0] ?? '', 'off'),
});

export const features = {
  'do-not-disturb': {
    behaviour: 'do not disturb: 480, nothing rings',
    source: 'do not disturb of the phone; RFC 3261 §21.4.18',
    caller: 'sipp',
    before: (phone) => phone.does('dnd', 'on'),
    after: (phone) => phone.does('dnd', 'off'),
  },
  'forward-always': {
    behaviour: 'all calls are forwarded: 302 with the target as Contact',
    source: 'forwarding by the phone; RFC 3261 §21.3.3',
    caller: 'sipp',
    ...forward('always', '43'),
  },
  'forward-no-answer': {
    behaviour: 'a call that nobody answers is forwarded after that many seconds: 180, then 302',
    source: 'forwarding by the phone; RFC 3261 §21.3.3',
    caller: 'sipp',
    ...forward('no-answer', '43', '--seconds', '1'),
  },
  'forward-busy': {
    behaviour: 'busy: a second call is forwarded, 302',
    source: 'forwarding by the phone; RFC 3261 §21.3.3',
    caller: 'sipp',
    phone: 'other',
    ...forward('busy', '43'),
    user: pickUp,
  },
  'busy-here': {
    behaviour: 'reject_session_when_busy: a second call is refused with 486',
    source: 'busy rejection; RFC 3261 §21.4.24',
    caller: 'sipp',
    phone: 'other',
    user: pickUp,
  },
  'call-waiting': {
    behaviour: 'without it a second call rings beside the first, and the first is held when it is answered',
    source: 'call waiting',
    caller: 'sipp',
    user: async (phone) => {
      await pickUp(phone);
      const { phone: it } = await phone.waitFor('a second call', ({ phone: now }) => now?.calls.length === 2);
      const second = it?.calls.find(({ state }) => state === 'ALERTING');
      await phone.does('answer', '--call', second?.id ?? '');
    },
  },
  'auto-answer-policy': {
    behaviour: 'auto_answer: a call from the server is answered by itself, after auto_answer_delay',
    source: 'automatic answer by configuration',
    caller: 'sipp',
    phone: 'eager',
    user: talkAndLeave,
  },
  'answer-mode-manual': {
    behaviour: 'auto_answer, but Answer-Mode: Manual asks for a person: it rings until one rejects it with 486',
    source: 'RFC 5373 §4.2',
    caller: 'sipp',
    phone: 'eager',
    user: async (phone) => {
      await phone.call('ALERTING');
      await phone.does('reject');
    },
  },
} as const satisfies Topic;
