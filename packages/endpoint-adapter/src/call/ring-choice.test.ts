import { expect, it } from 'vitest';
import { readAlertInfo } from '../sip/headers/alert-info.ts';
import { ringChoice, rings } from './ring-choice.ts';

it.each(rings.map(({ alert, tone }) => [alert, tone]))('%s: %s', (alert, tone) => {
  expect(ringChoice(alert)).toBe(tone);
  expect(ringChoice(` ${alert.toUpperCase()}`)).toBe(tone);
});

it('says each thing once', () => {
  expect(new Set(rings.map(({ alert }) => alert)).size).toBe(rings.length);
});

it.each([
  ['urn:alert:service:recall:callback', 'ringing4'],
  ['urn:alert:source:internal@example.org', 'ringing2'],
  ['urn:alert:source:internally', null],
  ['urn:alert:source:external', null],
  ['urn:alert:source', null],
  ['urn:alert:service:normal', null],
  ['http://192.0.2.1/rings/Bellcore-dr3.wav', 'ringing3'],
  ['file://bellcore-dr4', 'ringing4'],
  ['Bellcore-dr1', null],
  ['something else', null],
  ['', null],
  ['constructor', null],
])('%j: %j', (asked, tone) => {
  expect(ringChoice(asked)).toBe(tone);
});

it.each([
  ['<http://127.0.0.1>;info=alert-internal', 'ringing2'],
  ['<urn:alert:priority:high>', 'ringing3'],
  ['Bellcore-dr5', 'ringing5'],
  ['info=internal', 'ringing2'],
])('reads what stands in Alert-Info: %s', (value, tone) => {
  expect(ringChoice(readAlertInfo([value]).ring)).toBe(tone);
});
