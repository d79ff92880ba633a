/** What each option of policy.connector changes in sessions, from the text of a file to what a desktop gets. */
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { readSoftphoneConfig } from '@thinline/shared/config/softphone-config.ts';
import { type Settings, softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import type { Configuration } from '@thinline/shared/contract/types.ts';
import { makeLog, silent } from '@thinline/shared/log/log.ts';
import { expect, it, onTestFinished } from 'vitest';
import { noMemory } from '../account/account.ts';
import { PhoneConfiguration } from '../phone-configuration.ts';
import { Connector } from './connector.ts';
import { FakePhone } from './testing/fake-phone.ts';

const client = { origin: 'https://desk.example.org', cookies: '' };

/** A connector as the file makes it, and the configurations that the endpoint is told. */
function desk(settings: Settings) {
  const usual = { 'policy.connector.port': '8000', 'policy.connector.origins': client.origin };
  const text = softphoneConfig({ ...usual, ...settings });
  const reading = readConfigurationFile(Buffer.from(text));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const [mistake] = reading.mistakes;
  if (mistake) throw new Error(mistake.problem);
  const said: string[] = [];
  const told: Configuration[] = [];
  const configuration = new PhoneConfiguration({
    file: readSoftphoneConfig(text),
    hasConnector: reading.connector.port !== null,
    autoRestart: reading.connector.autoRestart,
    panel: reading.panel,
    apply: async (it) => {
      told.push(it);
      return null;
    },
    memory: noMemory,
    log: silent,
  });
  const connector = new Connector({
    replica: new FakePhone(),
    configuration,
    settings: reading.connector,
    log: makeLog({ write: (line) => said.push(line) }),
  });
  connector.start();
  onTestFinished(() => connector.close());
  return { connector, configuration, told, said };
}

/** The header of the cookie that the first request gets; null: none. */
function cookieOf({ connector }: ReturnType<typeof desk>): string | null {
  const admission = connector.admit(client, 'begin');
  return admission.status === 200 ? admission.cookie : null;
}

it.each([
  ['0', '', 200],
  ['1', expect.stringMatching(/^SESSIONID=[0-9a-f]{32}; Path=\/; HttpOnly; Secure; SameSite=None$/), 403],
])('policy.connector.enable_sessionid: with %s a session is bound to a cookie, or not', (value, cookie, without) => {
  const it = desk({ 'policy.connector.protocol': 'https', 'policy.connector.enable_sessionid': value });
  const header = cookieOf(it);
  expect(header).toEqual(cookie);
  it.connector.admit({ ...client, cookies: header?.split(';')[0] ?? '' }, 'look');
  expect(it.connector.admit(client, 'begin').status).toBe(without);
});

it('policy.connector.protocol: without https there are no cookies, and the log says so', () => {
  const settings = { 'policy.connector.enable_sessionid': '1' };
  const plain = desk({ ...settings, 'policy.connector.protocol': 'http' });
  expect([cookieOf(plain), plain.said[0]]).toEqual(['', expect.stringContaining('needs https')]);
  const secure = desk({ ...settings, 'policy.connector.protocol': 'https' });
  expect([cookieOf(secure), secure.said[0]]).toEqual([
    expect.stringContaining('SESSIONID='),
    expect.stringContaining('begins'),
  ]);
});

it.each([
  ['0', false],
  ['1', true],
])('policy.connector.partitioned_cookies: with %s the cookie is one for all sites, or one for each', (value, is) => {
  const it = desk({
    'policy.connector.protocol': 'https',
    'policy.connector.enable_sessionid': '1',
    'policy.connector.partitioned_cookies': value,
  });
  expect(cookieOf(it)?.endsWith('; Partitioned')).toBe(is);
});

it.each([
  ['', '', true],
  ['https://desk.example.org', '', false],
  ['', 'sixteen-letters-', false],
])('policy.connector.origins "%s", policy.connector.secret "%s": whether the log warns', (origins, secret, warns) => {
  const { said } = desk({ 'policy.connector.origins': origins, 'policy.connector.secret': secret });
  expect(said.filter((it) => / WARN.*policy\.connector\.origins/i.test(it))).toHaveLength(warns ? 1 : 0);
});

it.each([
  ['1', [true, false, false]],
  ['0', [true, true, true]],
])(
  'policy.connector.auto_restart: with %s the file counts again after a session, or what the last desktop said',
  (value, autoAnswer) => {
    const { connector, configuration } = desk({ 'policy.connector.auto_restart': value });
    const answers: (boolean | undefined)[] = [];
    const note = () => answers.push(configuration.configuration.calls?.autoAnswer);
    const line = { user: '701', server: 'sip.example.org', protocol: '' };

    connector.admit(client, 'begin');
    connector.setOptions({ 'policy.session.auto_answer': '1' });
    connector.register([line]);
    note();
    connector.unregister(null);
    note();
    expect(configuration.configuration.lines).toEqual([]);
    connector.admit(client, 'begin');
    connector.register([line]);
    note();
    expect(answers).toEqual(autoAnswer);
  },
);

it.each([
  ['8000', []],
  ['', ['701']],
])('policy.connector.port: with "%s" the lines are those of a desktop, or of the file', (port, users) => {
  const { configuration } = desk({ 'policy.connector.port': port });
  expect(configuration.configuration.lines.map(({ user }) => user)).toEqual(users);
});

it.each([
  ['0', []],
  ['1', ['701']],
])('policy.connector.standalone: with %s there is a connector, or there are the lines of the file', (value, users) => {
  const { configuration } = desk({ 'policy.connector.standalone': value });
  expect(configuration.configuration.lines.map(({ user }) => user)).toEqual(users);
});
