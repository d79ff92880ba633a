import { configured } from '@thinline/shared/config/testing/configured.ts';
import { blankAudio } from '@thinline/shared/contract/blank.ts';
import { expect, test } from 'vitest';
import { changedFacts, factsOf, isActive, pairsOf, registeredDn } from './phone-facts.ts';
import { FakePhone, registeredLine } from './testing/fake-phone.ts';

const phoneWith = (...lines: Parameters<typeof registeredLine>[0][]) => {
  const phone = new FakePhone();
  phone.change({ lines: lines.map(registeredLine) });
  return phone;
};
const anyHeadset = configured();
const wanted = configured({ 'policy.device.use_headset': '1' });
const needed = configured({ 'policy.device.use_headset': '1', 'policy.session.reject_session_when_headset_na': '1' });

test.each([
  ['nothing', [], '', false],
  ['a registered line', [{}], '701', true],
  ['a line without registration', [{ state: 'STANDALONE' }], '701', true],
  ['one that is being registered', [{ state: 'REGISTERING' }], '', false],
  ['one that was refused', [{ state: 'FAILED' }], '', false],
  ['a site that is down, and its stand-in', [{ state: 'FAILED' }, { id: 'line1', address: 'sip:702@b' }], '702', true],
] as const)('%s', (_, lines, dn, active) => {
  const state = phoneWith(...lines).state();
  expect([registeredDn(state), isActive(state)]).toEqual([dn, active]);
});

test('a phone out of reach is not registered, as far as a desktop is concerned', () => {
  const phone = phoneWith({});
  phone.setLink('lost');
  expect([registeredDn(phone.state()), isActive(phone.state())]).toEqual(['', false]);
});

test('what Workspace was seen to get, before and after registration', () => {
  const phone = new FakePhone();
  const rest = [
    { Key: 'IsPingMandatory', Value: false },
    { Key: 'Status', Value: 'Initialized' },
  ];
  expect(pairsOf(factsOf(phone.state(), anyHeadset))).toEqual([
    { Key: 'EndpointStatus', Value: 'EndpointStatus_NotReady' },
    ...rest,
  ]);
  phone.change({ lines: [registeredLine()] });
  expect(pairsOf(factsOf(phone.state(), anyHeadset))).toEqual([
    { Key: 'EndpointStatus', Value: 'EndpointStatus_Ready' },
    ...rest,
  ]);
});

test('a headset that is wanted is told of; one that is needed makes the phone ready', () => {
  const phone = phoneWith({});
  expect(factsOf(phone.state(), wanted).get('HeadsetAvailable')).toBe(false);
  expect(factsOf(phone.state(), wanted).get('EndpointStatus')).toBe('EndpointStatus_Ready');
  expect(factsOf(phone.state(), needed).get('EndpointStatus')).toBe('EndpointStatus_NotReady');
  phone.change({ audio: blankAudio({ headsetAvailable: true }) });
  expect(factsOf(phone.state(), needed).get('HeadsetAvailable')).toBe(true);
  expect(factsOf(phone.state(), needed).get('EndpointStatus')).toBe('EndpointStatus_Ready');
});

test('only what has changed is news; to whom nothing was told, everything is', () => {
  const phone = phoneWith({});
  const before = factsOf(phone.state(), wanted);
  expect(changedFacts(before, factsOf(phone.state(), wanted))).toEqual(new Map());
  phone.change({ audio: blankAudio({ headsetAvailable: true }) });
  const after = factsOf(phone.state(), wanted);
  expect(changedFacts(before, after)).toEqual(new Map([['HeadsetAvailable', true]]));
  expect(changedFacts(null, after)).toEqual(after);
});
