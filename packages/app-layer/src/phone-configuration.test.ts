import { usualPanelSettings } from '@thinline/shared/config/panel.ts';
import { policyFrom } from '@thinline/shared/config/policy.ts';
import { readSoftphoneConfig } from '@thinline/shared/config/softphone-config.ts';
import type { Configuration, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { expect, it, vi } from 'vitest';
import { type Account, type AccountMemory, noMemory } from './account/account.ts';
import { type DesktopWishes, PhoneConfiguration, type PhoneConfigurationOptions } from './phone-configuration.ts';

const fileWith = (connectivity: string) =>
  readSoftphoneConfig(`<r><Container name="Basic">${connectivity}</Container><Container name="Genesys"><settings>
    <domain name="policy"><section name="session"><setting name="dtmf_method" value="Info"/></section></domain>
    <domain name="proxies"><section name="proxy0"><setting name="reg_timeout" value="300"/></section></domain>
  </settings></Container></r>`);
const withLine = fileWith('<Connectivity user="700" server="sip.example" protocol="udp"/>');
const withServer = fileWith('<Connectivity user="" server="sip.example:5070" protocol="tcp"/>');
const withPlaceholder = fileWith('<Connectivity user="dn0" server="SipServer0.domain.invalid:5060" protocol="udp"/>');

const ada: Account = {
  user: '701',
  displayName: 'Ada',
  authUser: 'ada',
  password: 'hunter2',
  server: '',
  transport: '',
  keep: false,
};
const desktop: DesktopWishes = {
  options: new Map([
    ['policy.session.auto_answer', '1'],
    ['policy.connector.secret', 'no desktop sets this'],
    ['sip-server-address', 'whatever'],
  ]),
  lines: [{ user: '702', server: 'desk.example:5060', protocol: 'UDP', password: 'of the desktop' }],
  language: 'de_DE',
  client: 'https://desk.example',
};

class RememberingMemory implements AccountMemory {
  account: Account | null;
  constructor(account: Account | null) {
    this.account = account;
  }
  canKeep = async () => true;
  async keep(account: Account) {
    this.account = account;
  }
  recall = async () => this.account;
  async forget() {
    this.account = null;
  }
}

function make(more: Partial<PhoneConfigurationOptions> = {}) {
  const told: Configuration[] = [];
  let refusal: Failure | null = null;
  const phone = new PhoneConfiguration({
    file: null,
    hasConnector: false,
    autoRestart: true,
    panel: usualPanelSettings,
    apply: async (configuration) => {
      told.push(configuration);
      return refusal;
    },
    memory: noMemory,
    log: silent,
    ...more,
  });
  const refuse = (why: Failure | null) => {
    refusal = why;
  };
  return { phone, told, refuse, signIn: () => phone.desk().signIn };
}

it('the lines of the file are those of the phone, and nobody signs in beside them', async () => {
  const { phone, told, signIn } = make({ file: withLine });
  expect(phone.configuration.lines).toMatchObject([{ user: '700', registerTimeoutS: 300 }]);
  expect(signIn()).toMatchObject({ by: 'file', user: '700', server: 'sip.example', transport: 'udp' });
  expect((await phone.signIn(ada))?.code).toBe('TL6033');
  expect(told).toEqual([]);
});

it('an agent signs in at the server of the file, and out again', async () => {
  const { phone, told, signIn } = make({ file: withServer });
  expect(phone.configuration.lines).toEqual([]);
  expect(signIn()).toMatchObject({ by: 'nobody', server: 'sip.example:5070', transport: 'tcp' });
  expect(await phone.signIn(ada)).toBeNull();
  expect(told.at(-1)?.lines).toMatchObject([
    { user: '701', server: 'sip.example:5070', transport: 'tcp', displayName: 'Ada', authUser: 'ada' },
  ]);
  expect(told.at(-1)?.lines[0]).toMatchObject({ password: 'hunter2', registerTimeoutS: 300 });
  expect(told.at(-1)?.calls?.dtmfMethod).toBe('Info');
  expect(signIn()).toMatchObject({ by: 'panel', user: '701', displayName: 'Ada' });
  expect(JSON.stringify(phone.desk())).not.toContain('hunter2');
  expect(await phone.signOut()).toBeNull();
  expect(told.at(-1)?.lines).toEqual([]);
  expect(signIn()).toMatchObject({ by: 'nobody', user: '701' });
});

it('a server is needed from somewhere, and placeholders are none', async () => {
  for (const file of [null, withPlaceholder]) {
    const { phone, told, signIn } = make({ file });
    expect(signIn()).toMatchObject({ by: 'nobody', server: '' });
    expect(await phone.signIn(ada)).toMatchObject({ code: 'TL6034', cause: expect.stringContaining('server') });
    expect((await phone.signIn({ ...ada, server: 'a b' }))?.code).toBe('TL6034');
    expect(told).toEqual([]);
    expect(await phone.signIn({ ...ada, server: 'other.example', transport: 'tls' })).toBeNull();
    expect(told.at(-1)?.lines).toMatchObject([{ user: '701', server: 'other.example', transport: 'tls' }]);
  }
});

it('what is unchanged is not told again, and what the endpoint could not be told is answered', async () => {
  const { phone, told, refuse } = make({ file: withServer });
  const down = failure('endpointUnreachable', { detail: 'gone' });
  refuse(down);
  expect(await phone.signIn(ada)).toEqual(down);
  expect(await phone.signIn(ada)).toBeNull();
  expect(told).toHaveLength(1);
  await phone.signIn({ ...ada, displayName: 'Ada L.' });
  expect(told).toHaveLength(2);
});

it('a desktop comes before everybody, and sets what is its to set', async () => {
  const { phone, told, signIn } = make({ file: withLine, hasConnector: true });
  expect(phone.configuration.lines).toEqual([]);
  await phone.signIn({ ...ada, server: 'sip.example' });
  expect(signIn().by).toBe('panel');
  expect(await phone.setDesktop(desktop)).toBeNull();
  expect(signIn()).toMatchObject({ by: 'desktop', user: '702' });
  expect(told.at(-1)).toMatchObject({ calls: { autoAnswer: true, dtmfMethod: 'Info' } });
  expect(told.at(-1)?.lines).toMatchObject([{ user: '702', password: 'of the desktop', registerTimeoutS: 300 }]);
  expect(phone.desk()).toMatchObject({ language: 'de_DE', desktop: { client: 'https://desk.example' } });
  expect((await phone.signIn(ada))?.code).toBe('TL6033');
  await phone.setDesktop(null);
  expect(signIn().by).toBe('panel');
  expect(phone.desk()).toMatchObject({ language: '', desktop: null });
});

it('until somebody says what the phone is, it stays what it is', async () => {
  expect(make({ file: withLine }).phone.atFirst?.lines).toHaveLength(1);
  expect(make({ file: withServer }).phone.atFirst?.lines).toEqual([]);
  expect(make().phone.atFirst).toBeNull();
  const { phone, told } = make({ file: withLine, hasConnector: true });
  expect(phone.atFirst).toBeNull();
  // The session of a desktop that had it before our restart is over.
  await phone.setDesktop(null);
  expect(told).toMatchObject([{ lines: [] }]);
  await phone.setDesktop(null);
  expect(told).toHaveLength(1);
});

it('lines of a desktop that cannot be used are said, and the options count all the same', async () => {
  const { phone, told } = make({ hasConnector: true });
  const wrong = { ...desktop, lines: [{ user: '702', server: 'no host', protocol: 'udp' }] };
  expect(await phone.setDesktop(wrong)).toMatchObject({ code: 'TL6034', cause: expect.stringContaining('no host') });
  expect(told.at(-1)).toMatchObject({ lines: [], calls: { autoAnswer: true } });
});

it.each([
  [true, false],
  [false, true],
])('auto_restart %j: after the desktop auto answer is %j', async (autoRestart, after) => {
  const { phone } = make({ hasConnector: true, autoRestart });
  await phone.setDesktop(desktop);
  await phone.setDesktop(null);
  expect(phone.configuration).toMatchObject({ lines: [], calls: { autoAnswer: after } });
});

it('who wanted to be remembered is signed in at the start, and nobody is kept after signing out', async () => {
  const memory = new RememberingMemory({ ...ada, keep: true, server: 'sip.example' });
  const { phone, told, signIn } = make({ memory });
  await phone.start();
  await vi.waitFor(() => expect(signIn().canKeep).toBe(true));
  expect(signIn()).toMatchObject({ by: 'panel', user: '701', keep: true });
  expect(told).toHaveLength(1);
  await phone.signOut();
  expect(memory.account).toBeNull();
  expect(signIn()).toMatchObject({ by: 'nobody', keep: false });
});

it('without a kept password the form begins with the name', async () => {
  const { phone, told, signIn } = make({ memory: new RememberingMemory({ ...ada, password: '', keep: true }) });
  await phone.start();
  expect(signIn()).toMatchObject({ by: 'nobody', user: '701', displayName: 'Ada' });
  expect(told).toEqual([]);
});

it('a keyring that is locked holds nobody up', async () => {
  const never = () => new Promise<never>(() => {});
  const { phone, told } = make({ file: withServer, memory: { ...noMemory, keep: never, forget: never } });
  await phone.signIn({ ...ada, keep: true });
  await phone.signOut();
  expect(told.map(({ lines }) => lines.length)).toEqual([1, 0]);
});

it('ports upside down stop no phone that runs', async () => {
  const { phone, told } = make({ hasConnector: true });
  const options = new Map([
    ['policy.endpoint.sip_port_min', '6000'],
    ['policy.endpoint.sip_port_max', '5080'],
  ]);
  expect((await phone.setDesktop({ ...desktop, options }))?.code).toBe('TL5002');
  expect(told).toEqual([]);
  expect(await phone.setDesktop(desktop)).toBeNull();
  expect(told).toHaveLength(1);
});

it('only who wants it is kept', async () => {
  const memory = new RememberingMemory(null);
  const { phone } = make({ memory, file: withServer });
  await phone.signIn({ ...ada, keep: true });
  expect(memory.account).toMatchObject({ user: '701', password: 'hunter2', server: 'sip.example:5070' });
  await phone.signIn(ada);
  expect(memory.account).toBeNull();
});

const policyOf = (options: Record<string, string>) =>
  policyFrom([{ name: 'test', options: Object.entries(options) }]).policy;

it('the policy goes before file and desktop', async () => {
  const policy = policyOf({ 'policy.session.auto_answer': '0', 'policy.session.dtmf_method': 'InbandRtp' });
  const { phone, told } = make({ file: withLine, hasConnector: true, policy });
  expect(phone.configuration.calls).toMatchObject({ autoAnswer: false, dtmfMethod: 'InbandRtp' });
  await phone.setDesktop(desktop);
  expect(told.at(-1)).toMatchObject({ calls: { autoAnswer: false, dtmfMethod: 'InbandRtp' } });
  expect(told.at(-1)?.lines).toMatchObject([{ user: '702', password: 'of the desktop' }]);
});

it('the policy goes before what an agent types, who sees it', async () => {
  const policy = policyOf({
    'server:N': 'ruled.example:5061',
    'protocol:N': 'TLS',
    'proxies.proxyN.reg_timeout': '60',
  });
  const { phone, told, signIn } = make({ policy });
  expect(signIn()).toMatchObject({ by: 'nobody', server: 'ruled.example:5061', transport: 'tls' });
  expect(await phone.signIn({ ...ada, server: 'typed.example', transport: 'udp' })).toBeNull();
  expect(signIn()).toMatchObject({ by: 'panel', user: '701', server: 'ruled.example:5061', transport: 'tls' });
  expect(told.at(-1)?.lines).toMatchObject([
    { user: '701', server: 'ruled.example:5061', transport: 'tls', registerTimeoutS: 60, password: 'hunter2' },
  ]);
});

it('an account that is kept is under the policy, too', async () => {
  const memory = new RememberingMemory({ ...ada, keep: true, server: 'sip.example' });
  const { phone, told, signIn } = make({ memory, policy: policyOf({ 'server:0': 'ruled.example' }) });
  await phone.start();
  expect(signIn()).toMatchObject({ by: 'panel', server: 'ruled.example' });
  expect(told.at(-1)?.lines).toMatchObject([{ user: '701', server: 'ruled.example' }]);
});
