import { expect, it } from 'vitest';
import { configurationFrom } from './configuration.ts';
import { type Overlay, optionForDesktop, overlaid, withoutLines } from './overlay.ts';
import { readSoftphoneConfig } from './softphone-config.ts';

const file = readSoftphoneConfig(`<r>
  <Container name="Basic"><Connectivity user="700" server="sip.example" protocol="udp"/></Container>
  <Container name="Genesys"><settings>
    <domain name="policy"><section name="session"><setting name="Auto_Answer" value="0"/></section></domain>
    <domain name="proxies"><section name="proxy0">
      <setting name="display_name" value="Ada"/><setting name="password" value="of the file"/>
      <section name="nat"><setting name="ice_enabled" value="1"/></section>
    </section></domain>
  </settings></Container></r>`);

const readWith = (overlay: Partial<Overlay>) =>
  configurationFrom(overlaid(file, { options: new Map(), lines: null, ...overlay }));
const linesWith = (overlay: Partial<Overlay>) => readWith(overlay).configuration.lines;
const line = (user: string, own: Record<string, string> = {}) => ({
  user,
  server: 'other.example',
  protocol: 'TCP',
  own,
});

it('options replace those of the file, however they are spelt', () => {
  for (const path of ['policy.session.auto_answer', 'policy:session:AUTO_ANSWER', 'Policy.Session.Auto_Answer']) {
    expect(readWith({ options: new Map([[path, ' 1 ']]) }).configuration.calls?.autoAnswer, path).toBe(true);
  }
  expect(readWith({}).configuration.calls?.autoAnswer).toBe(false);
});

it('attributes of lines are options too', () => {
  const options = new Map([
    ['user:0', '701'],
    ['server.0', 'new.example:5070'],
    ['transport:0', 'TLS'],
    ['user:7', 'nobody'],
  ]);
  const { configuration, unknown } = readWith({ options });
  expect(configuration.lines).toMatchObject([{ user: '701', server: 'new.example:5070', transport: 'tls' }]);
  expect(unknown).toEqual([]);
});

it('lines take the place of those of the file, and each inherits what the first one has', () => {
  expect(linesWith({ lines: [] })).toEqual([]);
  expect(linesWith({ lines: [line('701'), line('702', { password: 'its own' })] })).toMatchObject([
    { user: '701', server: 'other.example', transport: 'tcp', displayName: 'Ada', password: 'of the file' },
    { user: '702', displayName: 'Ada', password: 'its own', nat: { ice: true } },
  ]);
});

it('no line gets the password of another one', () => {
  expect(linesWith({ lines: [line('701', { password: 'a' }), line('702')] })).toMatchObject([
    { user: '701', password: 'a' },
    { user: '702', password: 'of the file' },
  ]);
});

it('of a desktop that is gone only what is of no line is left', () => {
  const said = ['policy.session.auto_answer', 'user:0', 'Server.0', 'transport:1', 'proxies:proxy0:password'];
  expect([...withoutLines(new Map(said.map((path) => [path, 'x']))).keys()]).toEqual(['policy.session.auto_answer']);
});

it('leaves the file as it is', () => {
  readWith({ options: new Map([['user:0', '701']]), lines: [line('1', { password: 'x' })] });
  expect(file.connectivities).toMatchObject([{ user: '700' }]);
  expect(file.settings.get('proxies.proxy0.password')?.value).toBe('of the file');
});

it.each([
  ['policy.session.auto_answer', 'policy.session.auto_answer'],
  ['proxies:proxy0:password', 'proxies.proxyN.password'],
  ['user:0', 'user:N'],
  ['sipendpoint.uri', null],
  ['policy.connector.secret', null],
  ['Policy.Link.endpoint', null],
  ['policy.panel.echo_target', null],
  ['system.diagnostics.log_file', null],
  ['system.security.cert_file', null],
  ['system.security.tls-target-name-check', null],
  ['system.diagnostics.log_filter', null],
  ['system.media.ringing_file', null],
  ['policy.session.ringing_file', null],
  ['policy.session.callwait_tone_file', null],
  ['policy.session.ringback_file', null],
  ['policy.session.ringing_enabled', 'policy.session.ringing_enabled'],
  ['system.security.use_srtp', 'system.security.use_srtp'],
])('a desktop that sets %s sets %s', (path, option) => {
  expect(optionForDesktop(path)).toBe(option);
});
