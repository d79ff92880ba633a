import { optionForDesktop } from '@thinline/shared/config/overlay.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { desktopOf, nothingSaid, withOptions, withParameters } from './desktop-settings.ts';

const line = { user: '701', server: 'sip.example.org:5060', protocol: '' };

test('options add up, and the last value counts', () => {
  const first = withOptions(nothingSaid, { 'policy.session.auto_answer': '0', 'policy.session.agc_mode': '1' });
  expect(first.count).toBe(2);
  const second = withOptions(first.settings, { 'policy:session:auto_answer': '1', nonsense: 1 });
  expect(second.count).toBe(1);
  expect(Object.fromEntries(second.settings.options)).toEqual({
    'policy.session.auto_answer': '1',
    'policy.session.agc_mode': '1',
  });
});

test('more options than there are fill no memory', () => {
  const sent = Object.fromEntries(
    Array.from({ length: 501 }, (_, n) => [`codecs.made-up-${n}/8000.ptime`, '20'] as const),
  );
  const { settings, count, faults } = withOptions(nothingSaid, sent);
  expect([settings.options.size, count, faults]).toEqual([0, 0, ['there are more than 500']]);
});

test('what is said beside the options reaches the lines that say nothing else', () => {
  const settings = withParameters({ ...nothingSaid, lines: [line, { ...line, protocol: 'tls', password: 'own' }] }, [
    { Key: 'SipEndpointTransportProtocol', Value: 'UDP' },
    { Key: 'preferred_language', Value: 'de' },
    { Key: 'password', Value: 'hunter2' },
    { Key: 'telemetry_url', Value: 'https://telemetry.example.org' },
  ]);
  expect(desktopOf(settings, 'a desktop')).toEqual({
    options: new Map(),
    lines: [
      { ...line, protocol: 'udp', password: 'hunter2' },
      { ...line, protocol: 'tls', password: 'own' },
    ],
    language: 'de',
    client: 'a desktop',
  });
});

test('lines without a password have none, so that the one of the file counts', () => {
  expect(desktopOf({ ...nothingSaid, lines: [line] }, '').lines).toEqual([line]);
});

test.each(['EnforceHeadsetUsage', 'enforce_headset_usage'])('%s makes the phone refuse calls without one', (Key) => {
  const enforced = (Value: unknown) =>
    Object.fromEntries(desktopOf(withParameters(nothingSaid, [{ Key, Value }]), '').options);
  const both = { 'policy.device.use_headset': '1', 'policy.session.reject_session_when_headset_na': '1' };
  expect(enforced(true)).toEqual(both);
  expect(enforced('1')).toEqual(both);
  expect(enforced(false)).toEqual({});
  expect(enforced({})).toEqual({});
});

test('a desktop that is gone takes no further calls, whatever it said of busy phones', () => {
  const { settings } = withOptions(nothingSaid, { 'policy.session.number_sessions_for_busy': '4' });
  expect(Object.fromEntries(desktopOf(settings, '', false).options)).toEqual({
    'policy.session.reject_session_when_busy': '1',
    'policy.session.number_sessions_for_busy': '1',
  });
});

test('whatever a page sends, only settings of the phone that are a desktop’s come of it', () => {
  const path = fc.oneof(
    fc.string(),
    fc
      .constantFrom('policy', 'proxies.proxy0', 'codecs', 'system.diagnostics', 'user')
      .chain((domain) =>
        fc.tuple(fc.constantFrom('.', ':'), fc.string()).map(([dot, name]) => `${domain}${dot}${name}`),
      ),
    fc.constantFrom('policy.session.auto_answer', 'policy.connector.secret', 'system.diagnostics.log_file'),
  );
  fc.assert(
    fc.property(fc.dictionary(path, fc.jsonValue()), fc.string(), fc.jsonValue(), (sent, Key, Value) => {
      const { settings } = withOptions(withParameters(nothingSaid, [{ Key, Value }]), sent);
      const { options } = desktopOf(settings, '');
      for (const [name, value] of options) {
        expect([optionForDesktop(name) === null, typeof value]).toEqual([false, 'string']);
      }
    }),
    { numRuns: 100 },
  );
});
