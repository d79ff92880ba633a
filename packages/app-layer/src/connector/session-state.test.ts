import { configured } from '@thinline/shared/config/testing/configured.ts';
import { blankAudio } from '@thinline/shared/contract/blank.ts';
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { expect, test } from 'vitest';
import { sessionState } from './session-state.ts';
import { FakePhone, registeredLine } from './testing/fake-phone.ts';

const usual = configured();
const quality = (callId: string, more: Partial<CallQuality>): CallQuality => ({
  callId,
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsDiscarded: 0,
  concealedMs: 0,
  longestGapMs: 0,
  ...more,
});

test('a phone with a headset in a call', () => {
  const phone = new FakePhone();
  phone.change({
    lines: [registeredLine()],
    audio: blankAudio({
      devices: [
        { id: 'mic', name: 'Headset microphone', kind: 'CAPTURE', isDefault: true },
        { id: 'ear', name: 'Headset', kind: 'PLAYBACK', isDefault: true },
      ],
      captureId: 'mic',
      playbackId: 'ear',
      microphoneVolume: 80,
      speakerVolume: 60,
      microphoneMuted: true,
      headsetAvailable: true,
    }),
    qualities: [
      quality('held', { roundTripMs: 900 }),
      quality('c1', {
        roundTripMs: 42,
        rating: { r: 90, mosListening: 4.3, mosConversational: 4.2 },
        intervalRating: { mosListening: 3.1 },
      }),
    ],
  });
  phone.call({ id: 'held', state: 'HELD', callUuid: 'A1' });
  phone.call({ callUuid: 'B2' });
  expect(sessionState(phone.state(), 's', configured({ 'policy.device.use_headset': '1' }))).toEqual({
    session_id: 's',
    status: 'REGISTERED',
    failure: null,
    devices: {
      speaker: { volume: 60, name: 'Headset', muted: false },
      microphone: { volume: 80, name: 'Headset microphone', muted: true },
      headset_used: true,
    },
    phone: {
      calls: [
        { state: 'HELD', uuid: 'A1', id: 'held' },
        { state: 'TALKING', uuid: 'B2', id: 'c1' },
      ],
      local_mos: 4.2,
      local_inter_mos: 3.1,
      rtt_ms: 42,
      vq_alarm_on: false,
    },
    connectivities: {
      protocol: 'udp',
      connections: [{ server: 'sip.example.org:5060', state: 'REGISTERED', user: '701' }],
    },
  });
});

test('a phone of which nothing is known', () => {
  const phone = new FakePhone();
  phone.phone.audio = null;
  const { devices, phone: calls, connectivities } = sessionState(phone.state(), '', usual);
  const none = { volume: 0, name: '', muted: false };
  expect(devices).toEqual({ speaker: none, microphone: none, headset_used: false });
  expect(calls).toEqual({ calls: [], local_mos: null, local_inter_mos: null, rtt_ms: null, vq_alarm_on: false });
  expect(connectivities).toEqual({ protocol: '', connections: [] });
});

test('a call that sounds bad is an alarm', () => {
  const phone = new FakePhone();
  phone.change({ notices: [{ subject: 'quality', failure: failure('poorQuality', { mos: 2, threshold: 3 }) }] });
  expect(sessionState(phone.state(), '', usual).phone.vq_alarm_on).toBe(true);
});

test.each([
  ['up', 'NOT_REGISTERED'],
  ['connecting', 'CHANNEL_CONNECTING'],
  ['lost', 'CHANNEL_LOST'],
  ['refused', 'CHANNEL_REFUSED'],
] as const)('a link that is %s, and no line: %s', (link, status) => {
  const phone = new FakePhone();
  phone.setLink(link);
  expect(sessionState(phone.state(), '', usual).status).toBe(status);
});

test('calls and lines of a phone out of reach are the last that was heard of', () => {
  const phone = new FakePhone();
  phone.change({ lines: [registeredLine()] });
  phone.call();
  phone.setLink('lost');
  const { phone: calls, connectivities, status } = sessionState(phone.state(), '', usual);
  expect([status, calls.calls.length, connectivities.connections.length]).toEqual(['CHANNEL_LOST', 1, 1]);
});

test.each([
  ['DIALING', 'DIALING'],
  ['RINGING', 'DIALING'],
  ['ALERTING', 'ALERTING'],
  ['REMOTE_HELD', 'REMOTE_HELD'],
] as const)('a call that is %s is %s', (state, said) => {
  const phone = new FakePhone();
  phone.call({ state });
  expect(sessionState(phone.state(), '', usual).phone.calls[0]?.state).toBe(said);
});

test.each([
  ['UNREGISTERED', 'NONE', 'NOT_REGISTERED'],
  ['REGISTERING', 'REGISTERING', 'NOT_REGISTERED'],
  ['UNREGISTERING', 'UNREGISTERING', 'NOT_REGISTERED'],
  ['FAILED', 'FAILED', 'NOT_REGISTERED'],
  ['STANDALONE', 'NONE', 'REGISTERED'],
] as const)('a line that is %s is %s, and the phone %s', (state, said, status) => {
  const phone = new FakePhone();
  phone.change({ lines: [registeredLine({ state })] });
  const it = sessionState(phone.state(), '', usual);
  expect([it.connectivities.connections[0]?.state, it.status]).toEqual([said, status]);
});
