/** What each option of quality reports and alarms changes, from the file to what people and a collector are told. */
import { configured, type Settings } from '@thinline/shared/config/testing/configured.ts';
import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { Call, CallQuality } from '@thinline/shared/contract/types.ts';
import { afterEach, expect, it } from 'vitest';
import type { Line } from '../sip/line.ts';
import { fieldOf, type SipMessage } from '../sip/message/message.ts';
import { closeAll, openConfiguredLine } from '../sip/testing/configured-line.ts';
import { openPeer, type ScriptedPeer } from '../sip/testing/scripted-peer.ts';
import { QualityWatch, usualQuality } from './quality-watch.ts';

const close: (() => Promise<void>)[] = [];
afterEach(async () => {
  await closeAll();
  for (const it of close.splice(0)) await it();
});

async function peer(): Promise<ScriptedPeer> {
  const it = await openPeer();
  close.push(() => it.close());
  return it;
}

const figures: CallQuality = {
  callId: 'a',
  packetsSent: 500,
  packetsReceived: 500,
  packetsLost: 0,
  packetsDiscarded: 0,
  concealedMs: 0,
  longestGapMs: 0,
  receivedDbfs: -25,
};

/** A call of 10 s with that MOS. Returns what people were told. */
function call(settings: Settings, line: Line | undefined, mosListening: number): (string | null)[] {
  const { quality } = configured(settings);
  const told: (string | null)[] = [];
  const watch = new QualityWatch({
    settings: () => quality ?? usualQuality,
    notify: (_, trouble) => told.push(trouble?.name ?? null),
    line: () => line,
  });
  const talking: Call = blankCall({ id: 'a', state: 'TALKING', sipCallId: 'x', connectedAtMs: 1_000 });
  watch.changed(talking);
  for (const intervals of [1, 2]) watch.quality({ ...figures, intervals, intervalRating: { mosListening } });
  watch.changed({ ...talking, state: 'RELEASED', releasedAtMs: 11_000 });
  watch.quality(figures);
  watch.flush();
  return told;
}

/** What comes first at a line's server: a report, or the goodbye of a line that has nothing to report. */
async function firstAt(server: ScriptedPeer, line: Line): Promise<SipMessage> {
  void line.unregister();
  return server.next(({ method, body }) => (method === 'PUBLISH' && body !== '') || method === 'REGISTER');
}

it.each([
  ['0', 'REGISTER'],
  ['1', 'PUBLISH'],
])('policy.endpoint.vq_report_publish: 1 reports each call at its end, 0 none (%s)', async (value, method) => {
  const server = await peer();
  const at = `127.0.0.1:${server.port}`;
  const settings: Settings = {
    'server:N': at,
    'policy.endpoint.vq_report_publish': value,
    'policy.endpoint.vq_report_collector': `vq@${at};transport=udp`,
  };
  const opening = openConfiguredLine(settings);
  server.respond(await server.request('REGISTER'), 200);
  const { line } = await opening;
  call(settings, line, 4.4);
  const first = await firstAt(server, line);
  server.respond(first, 200);
  expect(first.method).toBe(method);
  if (method === 'PUBLISH') expect(first.body).toMatch(/^VQSessionReport: CallTerm\r\nCallID: x\r\n/);
});

it('policy.endpoint.vq_report_collector: is where reports go', async () => {
  const [server, one, other] = [await peer(), await peer(), await peer()];
  const settingsTo = ({ port }: ScriptedPeer): Settings => ({
    'server:N': `127.0.0.1:${server.port}`,
    'policy.endpoint.vq_report_publish': '1',
    'policy.endpoint.vq_report_collector': `vq@127.0.0.1:${port};transport=udp`,
  });
  const opening = openConfiguredLine(settingsTo(one));
  server.respond(await server.request('REGISTER'), 200);
  const { line } = await opening;
  for (const it of [one, other]) {
    call(settingsTo(it), line, 4.4);
    const publish = await it.request('PUBLISH');
    it.respond(publish, 200);
    expect(fieldOf(publish, 'to')).toBe(`<sip:vq@127.0.0.1:${it.port};transport=udp>`);
  }
  expect([server, one, other].map((it) => it.received.filter(({ method }) => method === 'PUBLISH').length)).toEqual([
    0, 1, 1,
  ]);
});

it.each([
  ['0', []],
  ['3.5', ['poorQuality', null]],
  ['3.0', []],
])(
  'policy.endpoint.vq_alarm_threshold: is the MOS below which people are told that a call sounds bad (%s)',
  (value, told) => {
    expect(call({ 'policy.endpoint.vq_alarm_threshold': value }, undefined, 3.2)).toEqual(told);
  },
);
