import { expect, test } from 'vitest';
import { readOptions } from './desktop-options.ts';

const read = (sent: Record<string, unknown>) => {
  const { settings, faults } = readOptions(sent);
  return { settings: Object.fromEntries(settings), faults };
};

test("what Workspace sends: its own options are left alone, the phone's are taken", () => {
  const sent = {
    uri: 'https://127.0.0.1:8000',
    'sip-server-address': 'sip.example.org:5060',
    'register-interval': 1500,
    'headset-unplugged-set-not-ready': true,
    noise_suppression: '1',
    'policy.session.agc_mode': '1',
    'policy.session.auto_answer': '0',
    'policy.session.noise_suppression': '1',
  };
  expect(read(sent)).toEqual({
    settings: {
      'policy.session.agc_mode': '1',
      'policy.session.auto_answer': '0',
      'policy.session.noise_suppression': '1',
    },
    faults: [],
  });
});

test.each([
  ['policy.session.auto_answer', true, '1'],
  ['policy.session.auto_answer', false, '0'],
  ['policy.endpoint.rtp_port_min', 9000, '9000'],
  ['policy:session:auto_answer', ' 1 ', '1'],
  ['protocol:0', 'tcp', 'tcp'],
  ['proxies.proxy1.display_name', 'Ada', 'Ada'],
  ['codecs.opus/48000.ptime', '40', '40'],
])('%s may be %j', (path, value, written) => {
  expect(read({ [path]: value })).toEqual({ settings: { [path.replaceAll(':', '.')]: written }, faults: [] });
});

test.each([
  ['policy.session.auto_answer', 'perhaps', 'policy.session.auto_answer: "perhaps" is not 0 or 1'],
  ['policy.session.auto_answer', { on: 1 }, '"policy.session.auto_answer" has no usable value'],
  ['policy.session.auto_answer', null, '"policy.session.auto_answer" has no usable value'],
  ['policy.session.no_such_thing', '1', '"policy.session.no_such_thing" is unknown'],
  ['policy.connector.secret', 'x'.repeat(20), '"policy.connector.secret" is the administrator\'s, in the file'],
  ['policy:connector:origins', 'https://evil', '"policy:connector:origins" is the administrator\'s, in the file'],
  ['system.diagnostics.log_file', '/home/a/.rc', '"system.diagnostics.log_file" is the administrator\'s, in the file'],
])('%s can not be %j', (path, value, fault) => {
  expect(read({ [path]: value })).toEqual({ settings: {}, faults: [fault] });
});

test('a password that is too long is not said again', () => {
  const { faults } = read({ 'proxies.proxy0.password': 'hunter2'.repeat(1000) });
  expect(faults).toHaveLength(1);
  expect(faults[0]).not.toContain('hunter2');
});

test('a path without end is no path', () => {
  expect(read({ [`policy.${'x'.repeat(300)}`]: '1' })).toEqual({ settings: {}, faults: [] });
});
