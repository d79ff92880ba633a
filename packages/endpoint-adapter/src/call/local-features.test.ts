import type { Forwarding } from '@thinline/shared/contract/types.ts';
import { beforeEach, expect, it } from 'vitest';
import { FakeLine, lineConfiguration } from './fakes.ts';
import { LocalFeatures } from './local-features.ts';

let features: LocalFeatures;
let line: FakeLine;

beforeEach(() => {
  features = new LocalFeatures();
  line = new FakeLine();
});

const forwarding = (more: Partial<Forwarding> = {}): Forwarding => ({
  kind: 'ALWAYS',
  on: true,
  target: '750',
  seconds: 0,
  ...more,
});

it('keeps them for each line by itself, one forwarding of each kind', () => {
  const other = new FakeLine(lineConfiguration({ id: 'line1', user: '702' }));
  features.setDoNotDisturb(line, true);
  features.setForwarding(line, forwarding());
  features.setForwarding(line, forwarding({ kind: 'BUSY', target: '751' }));
  features.setForwarding(line, forwarding({ on: false }));
  expect(features.of(line)).toEqual({
    doNotDisturb: true,
    forwardings: [forwarding({ kind: 'BUSY', target: '751' }), forwarding({ on: false })],
  });
  expect(features.of(other)).toEqual({ doNotDisturb: false, forwardings: [] });
});

it('shows them in the snapshot of the line, which itself stays as it is', () => {
  features.setDoNotDisturb(line, true);
  expect(features.shown(line)).toMatchObject({ id: 'line0', doNotDisturb: true, featuresOnServer: false });
  expect(line.snapshot.doNotDisturb).toBe(false);
});

it('has none, and shows none, where the server keeps them', () => {
  features.setDoNotDisturb(line, true);
  line.keepsFeatures = true;
  expect(features.of(line)).toEqual({ doNotDisturb: false, forwardings: [] });
  expect(features.shown(line)).toBe(line.snapshot);
});

it.each<[string, Partial<Forwarding>]>([
  ['nobody', { target: '' }],
  ['garbage', { target: 'a b' }],
  ['the line itself', { target: '701' }],
  ['no answer after no time', { kind: 'NO_ANSWER', seconds: 0 }],
  ['no answer after an hour', { kind: 'NO_ANSWER', seconds: 3_600 }],
])('forwards not to %s', (_, more) => {
  expect(() => features.setForwarding(line, forwarding(more))).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'TL2013' }) }),
  );
  expect(features.of(line).forwardings).toEqual([]);
});

it('takes anything for a forwarding that is off', () => {
  features.setForwarding(line, forwarding({ kind: 'NO_ANSWER', on: false, target: '' }));
  expect(features.of(line).forwardings).toHaveLength(1);
});
