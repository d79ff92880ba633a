/** A call's quality, from the media worker to a collector: the report that a Softphone.config asks for. */
import { fieldOf } from '@thinline/endpoint-adapter/sip/message/message.ts';
import { openPeer, type ScriptedPeer } from '@thinline/endpoint-adapter/sip/testing/scripted-peer.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { type Phone, startPhone } from '../phone.ts';

let lab: Lab;
let collector: ScriptedPeer;
let phone: Phone;

beforeAll(async () => {
  [lab, collector] = await Promise.all([startLab(), openPeer()]);
  phone = await startPhone({
    lines: [{ user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` }],
    audio: { tone: 1_000 },
    settings: {
      'policy.endpoint.vq_report_publish': '1',
      'policy.endpoint.vq_report_collector': `vq@127.0.0.1:${collector.port};transport=udp`,
    },
  });
});
afterAll(async () => {
  await phone?.stop();
  await collector?.close();
  await lab?.close();
});

test('a call is reported to the collector at its end (RFC 6035)', async () => {
  await phone.registered();
  await phone.does('dial', '600');
  const { sipCallId } = await phone.call('TALKING');
  await phone.waitForTone(1_000);
  await phone.does('hangup');
  const publish = await collector.request('PUBLISH');
  collector.respond(publish, 200);
  expect(fieldOf(publish, 'event')).toBe('vq-rtcpxr');
  const lines = publish.body.split('\r\n');
  const value = (name: string): string => lines.find((it) => it.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  expect(lines[0]).toBe('VQSessionReport: CallTerm');
  expect(value('CallID')).toBe(sipCallId);
  expect(value('LocalID')).toMatch(/^<sip:701@/);
  expect(value('RemoteID')).toMatch(/^<sip:600@/);
  expect(value('OrigID')).toBe(value('LocalID'));
  expect(value('LocalAddr')).toMatch(/^IP=127\.0\.0\.1 PORT=\d+ SSRC=0x[0-9A-F]{8}$/);
  expect(value('RemoteAddr')).toMatch(/^IP=127\.0\.0\.1 PORT=\d+ SSRC=0x[0-9A-F]{8}$/);
  expect(value('SessionDesc')).toMatch(/^PT=\d+ PD=\S+ SR=\d+ PPS=50 PLC=2$/);
  expect(value('QualityEst')).toMatch(/MOSLQ=[1-4]\.\d /);
});
