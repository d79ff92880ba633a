import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationFrom } from './configuration.ts';
import { options } from './options.ts';
import { overlaid } from './overlay.ts';
import { canonicalPath, faultText, mostPolicyOptions, policyFrom, underPolicy } from './policy.ts';
import { readSoftphoneConfig } from './softphone-config.ts';

const from = (...sources: Record<string, unknown>[]) =>
  policyFrom(sources.map((it, n) => ({ name: `source ${n}`, options: Object.entries(it) })));
const valuesOf = (...sources: Record<string, unknown>[]) =>
  Object.fromEntries([...from(...sources).policy].map(([path, { value }]) => [path, value]));
const faultsOf = (source: Record<string, unknown>) => from(source).faults.map(faultText);

const file = readSoftphoneConfig(`<r>
  <Container name="Basic">
    <Connectivity user="700" server="sip.example" protocol="udp"/>
    <Connectivity user="701" server="sip.example" protocol="udp"/>
  </Container>
  <Container name="Genesys"><settings>
    <domain name="policy"><section name="session"><setting name="Auto_Answer" value="maybe"/></section></domain>
    <domain name="system"><section name="security"><setting name="cert_file" value="old.pem"/></section></domain>
    <domain name="codecs"><section name="iLBC/8000"><setting name="pt" value="102"/></section></domain>
    <domain name="proxies"><section name="proxy0">
      <setting name="password" value="of the file"/><setting name="reg_timeout" value="300"/>
    </section></domain>
  </settings></Container></r>`);
const under = (policy: Record<string, unknown>, said = file) => underPolicy(said, from(policy).policy);
const read = (policy: Record<string, unknown>, said = file) => configurationFrom(under(policy, said));

describe('what is read', () => {
  it('of several sources the last one counts, whatever the spelling', () => {
    const { policy } = from(
      { 'policy.session.auto_answer': '1', 'policy.session.vad_level': 2 },
      { 'POLICY:session:Auto_Answer': false, 'policy.link.roaming': ' After_Calls ' },
    );
    expect(policy.get('policy.session.auto_answer')).toEqual({ value: '0', source: 'source 1' });
    expect(policy.get('policy.session.vad_level')).toEqual({ value: '2', source: 'source 0' });
    expect(policy.get('policy.link.roaming')?.value).toBe('after_calls');
  });

  it('an empty value is the default', () => {
    expect(valuesOf({ 'policy.session.vad_level': '', 'policy.connector.port': '' })).toEqual({
      'policy.session.vad_level': '1',
      'policy.connector.port': '',
    });
  });

  it.each([
    ['policy.session.colour', 1, 'source 0: policy.session.colour: it is unknown; it is left out.'],
    ['policy.session.vad_level', 4, /vad_level: "4" is not a whole number from 0 to 3; it is left out\.$/],
    ['policy.session.vad_level', [], /vad_level: it is neither text nor a number; it is left out\.$/],
    ['policy.session.vad_level', null, /neither text nor a number/],
    ['policy.device.headset_name', 'x'.repeat(3000), /is not text of 2048 characters at most/],
    ['x'.repeat(100_000), 1, /^source 0: x{256}…: it is unknown; it is left out\.$/],
    ['__proto__', 1, /it is unknown/],
  ])('%.40s: %j is left out, and the rest counts', (path, value, fault) => {
    const reading = policyFrom([
      {
        name: 'source 0',
        options: [
          [path, value],
          ['policy.session.beeps', 1],
        ],
      },
    ]);
    expect(reading.faults.map(faultText)).toEqual([expect.stringMatching(fault)]);
    expect([...reading.policy.keys()]).toEqual(['policy.session.beeps']);
  });

  it('secrets are refused, and not told', () => {
    const secrets = options.filter(({ secret }) => secret).map(({ path }) => path.replace('proxyN', 'proxy0'));
    expect(secrets.length).toBeGreaterThan(3);
    for (const path of secrets) {
      expect(faultsOf({ [path]: 'hunter2hunter2hunter2' })).toEqual([
        `source 0: "${path}" is secret, and everybody can read a policy; it is left out.`,
      ]);
    }
  });

  it('there is an end to options and faults', () => {
    const many = Array.from({ length: mostPolicyOptions + 150 }, (_, n) => [`codecs.c${n}.ptime`, '20'] as const);
    const { policy, faults } = policyFrom([{ name: 'source', options: many }]);
    expect(policy.size).toBe(mostPolicyOptions);
    expect(faults).toHaveLength(101);
    expect(faults.slice(-1).map(faultText)).toEqual([
      'policy: 50 more options are wrong, and not listed; they are left out.',
    ]);
    const last = [...many, ['codecs.c0.ptime', '40'] as const];
    expect(policyFrom([{ name: 'source', options: last }]).policy.get('codecs.c0.ptime')?.value).toBe('40');
  });
});

it.each([
  ['Policy:Session:auto_answer', 'policy.session.auto_answer'],
  ['system.security.cert_file', 'system.security.certificate'],
  ['transport.0', 'protocol:0'],
  ['server:n', 'server:N'],
  ['proxies.proxy03.nat.STUN_server', 'proxies.proxy3.nat.stun_server'],
  ['proxies.ProxyN.domain', 'proxies.proxyN.domain'],
  ['codecs:iLBC/8000:pt', 'codecs.iLBC/8000.payload_type'],
  ['codecs.enabled.audio', 'codecs.enabled.audio'],
  ['codecs.$&.fmtp', 'codecs.$&.fmtp'],
  ['policy.session', null],
])('%s is %s', (path, canonical) => {
  expect(canonicalPath(path)).toBe(canonical);
});

it('every option has its own path', () => {
  for (const { path } of options) expect(canonicalPath(path)).toBe(path);
});

describe('what it is laid over', () => {
  it('is replaced however that is spelt, and what was wrong with it is not told', () => {
    const { configuration, mistakes } = read({
      'policy.session.auto_answer': 1,
      'system.security.certificate': 'new.pem',
      'codecs.iLBC/8000.payload_type': '110',
      'codecs.enabled.audio': 'iLBC',
    });
    expect(configuration).toMatchObject({
      calls: { autoAnswer: true },
      sip: { tls: { certificate: 'new.pem' } },
      media: { codecs: [{ payloadType: 110 }] },
    });
    expect(mistakes).toEqual([]);
    expect(read({ 'system.security.cert_file': 'new.pem' }).configuration.sip?.tls?.certificate).toBe('new.pem');
  });

  it('is left as it is where nothing is said', () => {
    expect(under({})).toBe(file);
    expect(read({ 'policy.session.beeps': 1 }).configuration.lines).toMatchObject([{ user: '700' }, { user: '701' }]);
    expect(file.settings.get('policy.session.Auto_Answer')?.value).toBe('maybe');
    under({ 'server:N': 'x.example' });
    expect(file.connectivities[0]?.server).toBe('sip.example');
  });

  it('goes for each line or for one, which keeps what it had of the first', () => {
    const { lines } = read({ 'proxies.proxyN.reg_timeout': 60, 'proxies.proxy1.reg_timeout': 90 }).configuration;
    expect(lines).toMatchObject([
      { registerTimeoutS: 60, password: 'of the file' },
      { registerTimeoutS: 90, password: 'of the file' },
    ]);
    expect(read({ 'proxies.proxyN.reg_timeout': 60 }).configuration.lines).toMatchObject([
      { registerTimeoutS: 60 },
      { registerTimeoutS: 60 },
    ]);
  });

  it('lines that a desktop says are under it, too', () => {
    const line = (user: string, password: string) => ({
      user,
      server: 'desk.example',
      protocol: 'udp',
      own: { password, reg_timeout: '5' },
    });
    const said = overlaid(file, { options: new Map(), lines: [line('1', 'a'), line('2', 'b')] });
    const policy = { 'proxies.proxyN.reg_timeout': 60, 'server:N': 'ruled.example', 'server:1': 'other.example' };
    expect(read(policy, said).configuration.lines).toMatchObject([
      { user: '1', server: 'ruled.example', password: 'a', registerTimeoutS: 60 },
      { user: '2', server: 'other.example', password: 'b', registerTimeoutS: 60 },
    ]);
  });

  it('gets no lines of it, and an empty name is none', () => {
    const none = { connectivities: [], settings: new Map(), repeated: [] };
    expect(read({ 'user:0': '9', 'server:0': 'sip.example' }, none).configuration.lines).toEqual([]);
    expect(read({ 'server:N': '', 'protocol:N': '', 'user:N': '' }).configuration.lines).toMatchObject([
      { user: '700', server: 'sip.example', transport: 'udp' },
      { user: '701' },
    ]);
  });

  it('what is wrong only together is told as of the policy', () => {
    const { mistakes } = read({ 'server:0': 'no host', 'policy.session.auto_answer': 0 });
    expect(mistakes).toMatchObject([{ line: -1, path: 'server:0' }]);
  });
});

it('nothing in it makes anything throw', () => {
  const paths = fc.constantFrom(...options.map(({ path }) => path), 'proxies.proxy7.domain', 'codecs.x.y.pt', 'user:3');
  const sources = fc.array(fc.tuple(fc.oneof(paths, fc.string()), fc.anything()), { maxLength: 20 });
  fc.assert(
    fc.property(sources, (given) => {
      const { policy, faults } = policyFrom([{ name: 'any', options: given }]);
      expect(policy.size + faults.length).toBeLessThanOrEqual(given.length);
      configurationFrom(underPolicy(file, policy));
    }),
    { numRuns: 200 },
  );
});
