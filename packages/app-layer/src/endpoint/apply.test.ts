import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, CallQuality, Event, Line, Snapshot } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { describe, expect, it } from 'vitest';
import { applyEvent } from './apply.ts';

const call = (id: string, state: Call['state'] = 'TALKING'): Call => blankCall({ id, state, lineId: 'line0' });

const line = (id: string, state: Line['state'] = 'REGISTERED'): Line => blankLine({ id, state, transport: 'udp' });

const quality = (callId: string, packetsLost = 0): CallQuality => ({
  callId,
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost,
  packetsDiscarded: 0,
  jitterMs: 0,
  bufferMs: 0,
  concealedMs: 0,
  longestGapMs: 0,
});

const phone: Snapshot = {
  endpoint: null,
  configurationRevision: 'r1',
  lines: [line('line0'), line('line1')],
  calls: [call('c1'), call('c2')],
  audio: null,
  qualities: [quality('c1'), quality('c2')],
  notices: [{ subject: 'port', failure: failure('portInUse', { min: 1, max: 2 }) }],
};

const event = (body: Partial<Event>): Event => ({ sequence: 1, atMs: 0, ...body });
const apply = (body: Partial<Event>) => applyEvent(phone, event(body));

describe('applyEvent', () => {
  it('takes a snapshot for all there is', () => {
    expect(applyEvent(null, event({ snapshot: phone }))).toBe(phone);
  });

  it('can make nothing of an event before the first snapshot', () => {
    expect(applyEvent(null, event({ call: call('c1') }))).toBeNull();
  });

  it.each<[string, Partial<Event>, Partial<Snapshot>]>([
    ['a new line', { line: line('line2') }, { lines: [...phone.lines, line('line2')] }],
    [
      'a changed line, in its place',
      { line: line('line0', 'FAILED') },
      { lines: [line('line0', 'FAILED'), line('line1')] },
    ],
    ['a removed line', { lineRemoved: 'line0' }, { lines: [line('line1')] }],
    ['a new call', { call: call('c3') }, { calls: [...phone.calls, call('c3')] }],
    ['a changed call, in its place', { call: call('c1', 'HELD') }, { calls: [call('c1', 'HELD'), call('c2')] }],
    ['a released call', { call: call('c1', 'RELEASED') }, { calls: [call('c2')], qualities: [quality('c2')] }],
    ['a released call that it never knew', { call: call('c9', 'RELEASED') }, {}],
    ['a measurement', { quality: quality('c1', 5) }, { qualities: [quality('c1', 5), quality('c2')] }],
    ['a measurement of a call that is gone', { quality: quality('c9') }, {}],
    ['a notice that is cleared', { notice: { subject: 'port', failure: null } }, { notices: [] }],
    [
      'another notice on the same subject',
      { notice: { subject: 'port', failure: failure('internal', { detail: '' }) } },
      { notices: [{ subject: 'port', failure: failure('internal', { detail: '' }) }] },
    ],
    ['levels', { levels: { microphoneDbfs: 0, speakerDbfs: 0 } }, {}],
    ['nothing', {}, {}],
  ])('%s', (_, body, change) => {
    const before = structuredClone(phone);
    expect(apply(body)).toEqual({ ...phone, ...change });
    expect(phone).toEqual(before);
  });
});
