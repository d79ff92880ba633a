import { describe, expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { type Mailbox, messageSummary, readMessageSummary } from './message-summary.ts';

const type = 'application/simple-message-summary';
const read = (body: string, contentType = type) => messageSummary.read(contentType, body, messageWith());

const mailbox = (account: string, waiting: boolean, messages: Record<string, number[]> = {}): Mailbox => ({
  account,
  waiting,
  messages: new Map(
    Object.entries(messages).map(([name, [fresh = 0, old = 0, urgentNew = 0, urgentOld = 0]]) => [
      name,
      { new: fresh, old, urgentNew, urgentOld },
    ]),
  ),
});

describe('message-summary', () => {
  it.each<[string, string, Mailbox[]]>([
    [
      'all of one account',
      'Messages-Waiting: yes\r\nMessage-Account: sip:alice@vm.example\r\nVoice-Message: 4/8 (1/2)\r\nFax-Message: 0/3\r\n',
      [mailbox('sip:alice@vm.example', true, { voice: [4, 8, 1, 2], fax: [0, 3] })],
    ],
    ['a yes alone', 'messages-waiting : YES\n', [mailbox('', true)]],
    ['a no', 'Messages-Waiting: no\r\nVoice-Message: 0 / 1 ( 0 / 0 )\r\n', [mailbox('', false, { voice: [0, 1] })]],
    [
      'several accounts',
      'Messages-Waiting: yes\r\nMessage-Account: sip:a@x\r\nVoice-Message: 1/0\r\n\r\n' +
        'Messages-Waiting: no\r\nMessage-Account: sip:b@x\r\nVoice-Message: 0/0\r\n',
      [mailbox('sip:a@x', true, { voice: [1, 0] }), mailbox('sip:b@x', false, { voice: [0, 0] })],
    ],
    [
      'accounts whose counts say whether messages wait',
      'Messages-Waiting: yes\r\nMessage-Account: sip:a@x\r\nVoice-Message: 1/0\r\n' +
        'Message-Account: sip:b@x\r\nVoice-Message: 0/5\r\nMessage-Account: sip:c@x\r\nVoice-Message: 2/5\r\n',
      [
        mailbox('sip:a@x', true, { voice: [1, 0] }),
        mailbox('sip:b@x', false, { voice: [0, 5] }),
        mailbox('sip:c@x', true, { voice: [2, 5] }),
      ],
    ],
    [
      'lines that are not for us',
      'Messages-Waiting: yes\r\nVoice-Message: many/few\r\nX-Message: 1/1\r\nTo: <sip:a@x>\r\nnonsense\r\n',
      [mailbox('', true)],
    ],
  ])('reads %s', (_, body, mailboxes) => {
    expect(read(body)).toEqual({ mailboxes });
  });

  it('says nothing without a body, and does not read what is none', () => {
    expect(read('', '')).toEqual({ mailboxes: [] });
    expect(read('hello')).toBeNull();
    expect(read('Messages-Waiting: yes', 'text/plain')).toBeNull();
    expect(read('Messages-Waiting: yes', `${type.toUpperCase()} ; charset=utf-8`)).not.toBeNull();
  });

  it('has so many mailboxes and no more', () => {
    expect(readMessageSummary('Messages-Waiting: yes\n'.repeat(500))).toHaveLength(32);
    expect(readMessageSummary(`Message-Account: ${'a'.repeat(300)}`)[0]?.account).toHaveLength(256);
    expect(readMessageSummary('Voice-Message: 1/0\n'.repeat(500))).toHaveLength(1);
  });
});
