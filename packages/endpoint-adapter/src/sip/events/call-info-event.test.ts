import { expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { callInfo, lineSeize } from './call-info-event.ts';

it.each([callInfo, lineSeize])('$event is read from Call-Info', ({ read }) => {
  const notify = messageWith('Call-Info: <sip:srv.example>;appearance-index=2;appearance-state=seized');
  expect(read('', '', notify)).toEqual({ appearances: [{ index: 2, state: 'seized', uri: 'sip:srv.example' }] });
});
