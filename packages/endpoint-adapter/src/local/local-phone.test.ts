import { expect, test } from 'vitest';
import { Desktop } from './desktop.ts';
import { FakeEndpoint } from './fakes.ts';
import { LocalPhone } from './local-phone.ts';
import type { VerbName } from './verbs.ts';

function makePhone() {
  const endpoint = new FakeEndpoint();
  const desktop = new Desktop();
  const phone = new LocalPhone(endpoint, desktop);
  let changes = 0;
  phone.on('changed', () => {
    changes += 1;
  });
  phone.start();
  return { endpoint, desktop, phone, changes: () => changes };
}

test('tells of calls and desktop until it is stopped', () => {
  const { endpoint, desktop, phone, changes } = makePhone();
  endpoint.put('c1');
  desktop.set(true);
  expect(changes()).toBe(2);
  endpoint.refusing = true;
  expect(phone.state).toEqual({ desktop: desktop.status, refusing: true, phone: endpoint.snapshot() });
  phone.stop();
  endpoint.put('c2');
  desktop.set(false);
  expect(changes()).toBe(2);
});

test.each<[VerbName, object]>([
  ['answer', { answer: { callId: 'c1' } }],
  ['reject', { reject: { callId: 'c1', status: 0 } }],
  ['hangup', { hangUp: { callId: 'c1' } }],
  ['hold', { hold: { callId: 'c1' } }],
  ['resume', { resume: { callId: 'c1' } }],
  ['mute', { mute: { callId: 'c1', on: true } }],
  ['unmute', { mute: { callId: 'c1', on: false } }],
])('%s is %j', async (verb, command) => {
  const { endpoint, phone } = makePhone();
  await phone.execute(verb, 'c1');
  expect(endpoint.executed).toEqual([command]);
});

test('unmute also lifts what the desktop has muted for all calls', async () => {
  const { endpoint, phone } = makePhone();
  endpoint.audio = { microphoneMuted: true };
  await phone.execute('mute', '');
  await phone.execute('unmute', '');
  expect(endpoint.executed).toEqual([
    { mute: { callId: '', on: true } },
    { setVolume: { microphoneMuted: false, speakerMuted: false } },
    { mute: { callId: '', on: false } },
  ]);
});
