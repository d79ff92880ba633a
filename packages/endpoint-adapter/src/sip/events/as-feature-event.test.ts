import { describe, expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import {
  type FeatureEvent,
  featureEvents,
  featureType,
  writeAgentState,
  writeDoNotDisturb,
  writeForwarding,
} from './as-feature-event.ts';
import { readXml, textAt, type XmlElement } from './xml.ts';

const csta = 'http://www.ecma-international.org/standards/ecma-323/csta/ed3';
const document = (root: string, content = '', namespace = csta): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<${root} xmlns="${namespace}"><device>4711</device>${content}</${root}>`;
const reason = (code: string): string =>
  '<extensions><privateData><private xmlns:pri="http://schema.broadsoft.com/CSTAPrivateData">' +
  `<pri:AgentNotReadyReasonValue>${code}</pri:AgentNotReadyReasonValue></private></privateData></extensions>`;

const read = (body: string, type: string = featureType) => featureEvents.read(type, body, messageWith());

function parse(text: string): XmlElement {
  const root = readXml(text);
  if (!root) throw new Error('no XML');
  return root;
}

describe('events', () => {
  it.each<[string, FeatureEvent[]]>([
    [document('AgentLoggedOnEvent'), [{ kind: 'agent', state: 'LOGGED_ON', reason: '' }]],
    [document('AgentLoggedOffEvent'), [{ kind: 'agent', state: 'LOGGED_OUT', reason: '' }]],
    [document('AgentReadyEvent', reason('9')), [{ kind: 'agent', state: 'READY', reason: '' }]],
    [document('AgentNotReadyEvent'), [{ kind: 'agent', state: 'NOT_READY', reason: '' }]],
    [document('AgentNotReadyEvent', reason('12')), [{ kind: 'agent', state: 'NOT_READY', reason: '12' }]],
    [
      document('AgentNotReadyEvent', reason('9'.repeat(300))),
      [{ kind: 'agent', state: 'NOT_READY', reason: '9'.repeat(256) }],
    ],
    [document('AgentWorkingAfterCallEvent'), [{ kind: 'agent', state: 'AFTER_CALL_WORK', reason: '' }]],
    [
      document('AgentReadyEvent', '', 'http://www.ecmainternational.org/standards/ecma-323/csta/ed3'),
      [{ kind: 'agent', state: 'READY', reason: '' }],
    ],
    [document('DoNotDisturbEvent', '<doNotDisturbOn>true</doNotDisturbOn>'), [{ kind: 'doNotDisturb', on: true }]],
    [document('DoNotDisturbEvent', '<doNotDisturbOn>false</doNotDisturbOn>'), [{ kind: 'doNotDisturb', on: false }]],
    [document('DoNotDisturbEvent'), []],
    [
      document(
        'ForwardingEvent',
        '<forwardingType>forwardNoAns</forwardingType><forwardStatus>true</forwardStatus><forwardTo>4712</forwardTo><ringCount>3</ringCount>',
      ),
      [{ kind: 'forwarding', type: 'forwardNoAns', active: true, to: '4712', ringCount: 3 }],
    ],
    [
      document('ForwardingEvent', '<forwardingType>forwardBusy</forwardingType><forwardStatus>0</forwardStatus>'),
      [{ kind: 'forwarding', type: 'forwardBusy', active: false, to: '', ringCount: null }],
    ],
    [document('ForwardingEvent', '<forwardingType>forwardSometimes</forwardingType>'), []],
    [document('CallRecordingModeEvent', '<mode>always</mode>'), []],
    [document('ExecutiveAssistantEvent'), []],
    ['', []],
  ])('%s', (body, features) => {
    expect(read(body)).toEqual({ features });
  });

  it('come several at once', () => {
    const part = (body: string, type: string = featureType): string =>
      `--b1\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
    const body = [
      part(document('DoNotDisturbEvent', '<doNotDisturbOn>true</doNotDisturbOn>')),
      part('<broken'),
      part('hello', 'text/plain'),
      part(document('ExecutiveEvent')),
      part(document('AgentReadyEvent')),
      '--b1--\r\n',
    ].join('');
    expect(read(body, 'multipart/mixed; boundary="b1"')).toEqual({
      features: [
        { kind: 'doNotDisturb', on: true },
        { kind: 'agent', state: 'READY', reason: '' },
      ],
    });
  });

  it.each([
    ['<broken', featureType],
    [document('AgentReadyEvent'), 'text/xml'],
    ['no parts', 'multipart/mixed'],
  ])('cannot be read in %j as %s', (body, type) => {
    expect(read(body, type)).toBeNull();
  });
});

describe('requests', () => {
  it.each([
    ['LOGGED_OUT', '7', 'loggedOff', ''],
    ['READY', '7', 'ready', ''],
    ['NOT_READY', '', 'notReady', ''],
    ['NOT_READY', '7', 'notReady', '7'],
    ['AFTER_CALL_WORK', '7', 'workingAfterCall', ''],
  ] as const)('%s for reason %j', (state, code, word, value) => {
    const text = writeAgentState(state, code);
    const root = parse(text);
    expect(root.name).toBe('SetAgentState');
    expect(text).toContain(`xmlns="${csta}"`);
    expect(textAt(root, 'requestedAgentState')).toBe(word);
    expect(textAt(root, 'extensions', 'privateData', 'private', 'AgentNotReadyReasonValue')).toBe(value);
    expect(root.children.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['device', 'requestedAgentState', 'agentID', 'password']),
    );
    expect(text.includes('xmlns:pri="http://schema.broadsoft.com/CSTAPrivateData"')).toBe(value !== '');
  });

  it('do not disturb', () => {
    expect(writeDoNotDisturb(true)).toContain('<device/><doNotDisturbOn>true</doNotDisturbOn></SetDoNotDisturb>');
    expect(writeDoNotDisturb(false)).toContain('<doNotDisturbOn>false</doNotDisturbOn>');
  });

  it('forwarding', () => {
    expect(writeForwarding({ type: 'forwardNoAns', active: true, to: '+49&30', ringCount: 4 })).toContain(
      '<device/><activateForward>true</activateForward><forwardingType>forwardNoAns</forwardingType>' +
        '<forwardDN>+49&#38;30</forwardDN><ringCount>4</ringCount></SetForwarding>',
    );
    expect(writeForwarding({ type: 'forwardBusy', active: false, to: '', ringCount: null })).toContain(
      '<activateForward>false</activateForward><forwardingType>forwardBusy</forwardingType><forwardDN/></SetForwarding>',
    );
  });
});
