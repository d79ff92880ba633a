import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import { expect, test } from 'vitest';
import { blankLink, blankState } from '../endpoint/blank-state.ts';
import { changesBetween, partsOf } from './changes.ts';
import { type PhoneReport, reportOf } from './report.ts';

const blank = reportOf(blankState());
const parts = (more: Partial<PhoneReport>) => partsOf({ ...blank, ...more });
const between = (before: Partial<PhoneReport>, after: Partial<PhoneReport>) =>
  changesBetween(parts(before), parts(after))?.map(({ name, data }) => [name, JSON.parse(data)]) ?? null;

const agent = { state: 'READY', agentId: '7001', reason: '', pending: false, failure: null } as const;
const line = blankLine({ id: 'line0', agent: { ...agent } });
const call = blankCall({ id: 'one', state: 'ALERTING' });
const quality = {
  callId: 'one',
  packetsSent: 1,
  packetsReceived: 1,
  packetsLost: 0,
  packetsDiscarded: 0,
  concealedMs: 0,
  longestGapMs: 0,
};

test('what is the same is not told', () => {
  expect(between({ lines: [line], calls: [call] }, { lines: [{ ...line }], calls: [{ ...call }] })).toEqual([]);
});

test('each matter is told by itself', () => {
  const up = blankLink({ state: 'up' });
  const { agent: _, ...lineAlone } = line;
  expect(between({}, { link: up })).toEqual([['link', up]]);
  expect(between({}, { lines: [line] })).toEqual([
    ['line', lineAlone],
    ['agent', { lineId: 'line0', agent }],
  ]);
  const [[name = '', told] = []] = between({ calls: [call] }, { calls: [{ ...call, state: 'TALKING' }] }) ?? [];
  expect([name, told.state]).toEqual(['call', 'TALKING']);
  expect(between({}, { qualities: [quality] })).toEqual([['quality', quality]]);
  const notice = { subject: 'port', failure: null };
  expect(between({}, { notices: [notice] })).toEqual([['notices', [notice]]]);
});

test('a change of the agent is none of the line, and the other way round', () => {
  const ready = { ...line, agent: { ...agent, state: 'NOT_READY' as const } };
  expect(between({ lines: [line] }, { lines: [ready] })?.map(([name]) => name)).toEqual(['agent']);
  expect(between({ lines: [line] }, { lines: [{ ...line, doNotDisturb: true }] })?.map(([name]) => name)).toEqual([
    'line',
  ]);
});

test('lines and calls that vanish make all be told anew; measurements may go', () => {
  expect(between({ lines: [line] }, {})).toBeNull();
  expect(between({ calls: [call] }, {})).toBeNull();
  expect(between({ qualities: [quality] }, {})).toEqual([]);
});

test('digits are not told, nor what gRPC alone has', () => {
  const phone = { phone: null, released: [blankCall({ id: 'one', dtmfSent: '4711', dtmfReceived: '0815' })] };
  const text = JSON.stringify(reportOf(blankState(phone)));
  expect(text).toContain('"one"');
  expect(text).not.toMatch(/4711|0815|dtmf/);
  const optional = { ...quality, jitterMs: 4, _jitterMs: 'jitterMs' as const };
  expect(between({}, { qualities: [optional] })).toEqual([['quality', { ...quality, jitterMs: 4 }]]);
});
