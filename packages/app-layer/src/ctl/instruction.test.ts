import { describe, expect, test } from 'vitest';
import { readInstruction } from './instruction.ts';

const read = (words: string) => readInstruction(words.split(' '))?.instruction;

test.each([
  ['dial 601', { dial: { target: '601', lineId: '', anonymous: false, appearance: 0 } }],
  [
    'dial --anonymous 601 --line line1 --appearance 2',
    { dial: { target: '601', lineId: 'line1', anonymous: true, appearance: 2 } },
  ],
  ['hangup --call c1', { hangUp: { callId: 'c1' } }],
  ['mute', { mute: { callId: '', on: true } }],
  ['dtmf 12#', { sendDtmf: { callId: '', digits: '12#' } }],
  ['transfer 604 --call c1', { transfer: { callId: 'c1', target: '604', otherCallId: '' } }],
  ['conference', { conference: { on: true } }],
  ['conference off', { conference: { on: false } }],
  ['transfer --attended c2', { transfer: { callId: '', target: '', otherCallId: 'c2' } }],
  ['transfer --attended=c2 --call=c1', { transfer: { callId: 'c1', target: '', otherCallId: 'c2' } }],
  ['agent logout', { setAgentState: { lineId: '', state: 'LOGGED_OUT' } }],
  ['agent ready --line line1', { setAgentState: { lineId: 'line1', state: 'READY' } }],
  ['agent not-ready', { setAgentState: { lineId: '', state: 'NOT_READY', reason: '' } }],
  ['agent not-ready 3', { setAgentState: { lineId: '', state: 'NOT_READY', reason: '3' } }],
  ['agent after-call-work', { setAgentState: { lineId: '', state: 'AFTER_CALL_WORK' } }],
  ['dnd on', { setDoNotDisturb: { lineId: '', on: true } }],
  ['dnd off --line line1', { setDoNotDisturb: { lineId: 'line1', on: false } }],
  [
    'forward always 602',
    { setForwarding: { lineId: '', forwarding: { kind: 'ALWAYS', on: true, target: '602', seconds: 0 } } },
  ],
  [
    'forward busy off',
    { setForwarding: { lineId: '', forwarding: { kind: 'BUSY', on: false, target: '', seconds: 0 } } },
  ],
  [
    'forward no-answer 602',
    { setForwarding: { lineId: '', forwarding: { kind: 'NO_ANSWER', on: true, target: '602', seconds: 20 } } },
  ],
  [
    'forward no-answer 602 --seconds 5 --line line1',
    { setForwarding: { lineId: 'line1', forwarding: { kind: 'NO_ANSWER', on: true, target: '602', seconds: 5 } } },
  ],
  ['volume --microphone 40 --speaker 0', { setVolume: { microphone: 40, speaker: 0 } }],
  ['volume --microphone mute --speaker unmute', { setVolume: { microphoneMuted: true, speakerMuted: false } }],
  ['test tone', { testSound: { kind: 'TONE' } }],
  ['test off', { testSound: { kind: 'NONE' } }],
  ['register', { register: { lineId: '' } }],
  ['unregister --line line1', { register: { lineId: 'line1', remove: true } }],
])('"%s" commands %j', (words, command) => {
  expect(read(words)).toEqual({ command });
});

test('an agent alone is shown, and a login needs a password that the words do not have', () => {
  expect(read('agent')).toEqual({ show: 'agent', lineId: '' });
  expect(read('agent --line line1')).toEqual({ show: 'agent', lineId: 'line1' });
  expect(read('agent login 7001')).toEqual({ login: { lineId: '', agentId: '7001' } });
});

test('devices and volumes alone are shown, and devices are known by their names', () => {
  expect(read('devices')).toEqual({ show: 'devices', lineId: '' });
  expect(read('volume')).toEqual({ show: 'volume', lineId: '' });
  expect(readInstruction(['devices', '--speaker', 'Headset A', '--ringer='])?.instruction).toEqual({
    select: { microphone: undefined, speaker: 'Headset A', ringer: '' },
  });
});

test('--json and --help go with every verb', () => {
  expect(readInstruction(['state', '--json'])).toEqual({ instruction: { show: 'state', lineId: '' }, json: true });
  expect(readInstruction(['dial', '--help'])).toBeNull();
  expect(readInstruction([])).toBeNull();
});

describe('what is not understood', () => {
  test.each([
    ['sing', 'There is no verb "sing".'],
    ['state now', 'It is "state".'],
    ['dial', 'It is "dial TARGET [--line ID] [--anonymous] [--appearance N]".'],
    ['dial 601 602', 'It is "dial '],
    ['dial 601 --appearance two', '--appearance takes a number from 1 to 999, not "two".'],
    ['hold --line line1', '"hold" takes no --line.'],
    ['dial 601 --attended c1', '"dial" takes no --attended.'],
    ['dial 601 --password x', "Unknown option '--password'"],
    ['transfer', 'It is "transfer TARGET | --attended CALL".'],
    ['transfer 604 --attended c2', 'It is "transfer '],
    ['agent login', 'It is "agent '],
    ['agent login 7001 secret', 'It is "agent '],
    ['agent ready 3', 'It is "agent '],
    ['agent sleep', 'It is "agent '],
    ['dnd', 'It is "dnd on | off [--line ID]".'],
    ['dnd maybe', 'It is "dnd '],
    ['volume 40', 'It is "volume '],
    ['volume --speaker loud', '--speaker takes a number from 0 to 100, not "loud".'],
    ['volume --microphone 101', '--microphone takes a number from 0 to 100'],
    ['volume --ringer 40', '"volume" takes no --ringer.'],
    ['devices now', 'It is "devices '],
    ['test', 'It is "test tone | ringer | microphone | off".'],
    ['test everything', 'It is "test '],
    ['forward always', 'It is "forward '],
    ['forward never 602', 'It is "forward '],
    ['forward constructor 602', 'It is "forward '],
    ['forward always 602 --seconds 5', '--seconds belongs to "forward no-answer".'],
    ['forward no-answer 602 --seconds 0', '--seconds takes a number from 1 to 3600, not "0".'],
    ['forward no-answer 602 --seconds 99999999', '--seconds takes a number from 1 to 3600'],
  ])('"%s": %s', (words, why) => {
    expect(() => read(words)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'TL6003', message: expect.stringContaining(why) }),
      }),
    );
  });
});
