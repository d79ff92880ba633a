import { describe, expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { readAutoAnswer } from './auto-answer.ts';

const nothing = { answer: null, delayMs: null, required: false, echo: null };
const auto = { ...nothing, answer: 'auto' };

describe('automatic answer', () => {
  it.each([
    ['Alert-Info: info=alert-autoanswer', null],
    ['Alert-Info: INFO = Alert-AutoAnswer', null],
    ['Alert-Info: info="alert-autoanswer";delay = 3', 3_000],
    ['Alert-Info: ;info=alert-autoanswer', null],
    ['Alert-Info: <>;info=alert-autoanswer;delay=1', 1_000],
    ['Alert-Info: <http://localhost/AutoAnswer>;delay=0;info=alert-autoanswer', 0],
    ['Alert-Info: <http://localhost/AutoAnswer>;info=alert-autoanswer;delay=2', 2_000],
    ['Alert-Info: http://example.com;info=alert-autoanswer;delay=2;', 2_000],
    ['Alert-Info: answer-after=5', 5_000],
    ['Alert-Info: <sip:a>;answer-after = 0.5', 500],
    ['Alert-Info: Auto Answer', null],
    ['Alert-Info: "Ring Answer"', null],
    ['Alert-Info: ring answer;delay=1', 1_000],
    ['Alert-Info: Intercom', null],
    ['Alert-Info: intercom=true', null],
    ['Alert-Info: <urn:alert:service:normal>, <x>;info=alert-autoanswer', null],
    ['Call-Info: <sip:example.com>;answer-after=4', 4_000],
    ['Call-Info: ;answer-after=0', 0],
    ['P-Auto-Answer: normal', null],
    ['P-Auto-Answer: Normal', null],
  ])('%s', (line, delayMs) => {
    expect(readAutoAnswer(messageWith(line))).toEqual({ ...auto, delayMs });
  });

  it.each([
    ['Answer-Mode: Auto', { ...auto, echo: { name: 'answer-mode', value: 'Auto' } }],
    ['Answer-Mode: AUTO ; Require', { ...auto, required: true, echo: { name: 'answer-mode', value: 'Auto' } }],
    ['Priv-Answer-Mode: auto;require', { ...auto, required: true, echo: { name: 'priv-answer-mode', value: 'Auto' } }],
    ['Answer-Mode: Manual', { ...nothing, answer: 'manual', echo: { name: 'answer-mode', value: 'Manual' } }],
    ['Answer-Mode: Sometimes', nothing],
    ['Answer-Mode: ', nothing],
  ])('%s', (line, expected) => {
    expect(readAutoAnswer(messageWith(line))).toEqual(expected);
  });

  it.each([
    'Subject: Auto Answer',
    'Alert-Info: <urn:alert:service:normal>;delay=3',
    'Alert-Info: intercom=false',
    'Alert-Info: <http://example.com/info=alert-autoanswer>',
    'Call-Info: <sip:a>;info=alert-autoanswer',
    'Call-Info: <http://example.com/photo.jpg>;purpose=icon',
    'P-Auto-Answer: none',
  ])('is not asked for by %s', (line) => {
    expect(readAutoAnswer(messageWith(line))).toMatchObject({ answer: null, delayMs: null });
  });

  it('goes by the standard fields where others say something else, and takes the delay from anywhere', () => {
    const alert = 'Alert-Info: info=alert-autoanswer;delay=7';
    expect(readAutoAnswer(messageWith(alert, 'Answer-Mode: Manual')).answer).toBe('manual');
    expect(readAutoAnswer(messageWith(alert, 'Answer-Mode: Auto')).delayMs).toBe(7_000);
    const both = readAutoAnswer(messageWith('Answer-Mode: Manual', 'Priv-Answer-Mode: Auto'));
    expect(both).toMatchObject({ answer: 'auto', echo: { name: 'priv-answer-mode' } });
  });

  it.each(['-1', '99999', '3601', '1e3', 'soon', ''])('takes a delay of %j for none', (delay) => {
    expect(readAutoAnswer(messageWith(`Alert-Info: info=alert-autoanswer;delay=${delay}`))).toEqual(auto);
  });
});
