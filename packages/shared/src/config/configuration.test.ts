import { describe, expect, it } from 'vitest';
import { configurationFrom } from './configuration.ts';
import { optionAt, options } from './options.ts';
import type { Connectivity, Setting, SoftphoneConfig } from './softphone-config.ts';

/** Settings stand at line 10, 11, … in order; lines of the Basic container at 1, 2, … */
function file(settings: Record<string, string> = {}, connectivities: Partial<Connectivity>[] = [{}]): SoftphoneConfig {
  return {
    connectivities: connectivities.map((it, index) => ({
      user: `70${index}`,
      server: 'sip.example.org',
      protocol: 'udp',
      line: index + 1,
      ...it,
    })),
    settings: new Map<string, Setting>(
      Object.entries(settings).map(([path, value], index) => [path, { value, line: index + 10 }]),
    ),
  };
}

const read = (...given: Parameters<typeof file>) => configurationFrom(file(...given));
const lineOf = (...given: Parameters<typeof file>) => read(...given).configuration.lines[0];

describe('lines', () => {
  it('have defaults for all that is not said', () => {
    expect(read()).toMatchObject({ mistakes: [], unused: [] });
    expect(lineOf()).toEqual({
      id: 'line0',
      user: '700',
      server: 'sip.example.org',
      transport: 'udp',
      displayName: '',
      password: '',
      registerTimeoutS: 1800,
      registerIntervalS: 0,
      domain: '',
      outboundProxy: '',
      matchReceived: false,
      agentState: '',
      mailbox: null,
      shared: false,
      regEvent: false,
      nat: null,
      dtlsSrtp: false,
    });
  });

  it('take what their section says', () => {
    const settings = {
      'proxies.proxy0.display_name': 'Ada',
      'proxies.proxy0.password': 'secret',
      'proxies.proxy0.reg_timeout': '60',
      'proxies.proxy0.reg_interval': '10',
      'proxies.proxy0.domain': 'example.com:5080',
      'proxies.proxy0.outbound_proxy': 'edge.example.org',
      'proxies.proxy0.reg_match_received_rport': 'YES',
      'proxies.proxy0.agent_state': 'Features',
      'proxies.proxy0.shared_line': 'true',
      'proxies.proxy0.reg_event': '1',
      'proxies.proxy0.mailbox.user': '7000',
      'proxies.proxy0.mailbox.password': 'hidden',
      'proxies.proxy0.mailbox.server': 'mail.example.org:5070',
      'proxies.proxy0.mailbox.timeout': '600',
      'proxies.proxy0.mailbox.transport': 'TCP',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unused: [] });
    expect(lineOf(settings, [{ protocol: 'tcp' }])).toMatchObject({
      displayName: 'Ada',
      password: 'secret',
      transport: 'tcp',
      registerTimeoutS: 60,
      registerIntervalS: 10,
      domain: 'example.com:5080',
      outboundProxy: 'edge.example.org',
      matchReceived: true,
      agentState: 'features',
      shared: true,
      regEvent: true,
      mailbox: {
        user: '7000',
        password: 'hidden',
        server: 'mail.example.org:5070',
        timeoutS: 600,
        transport: 'tcp',
      },
    });
  });

  it.each(['', '0'])('watch a mailbox for 1800 s where its timeout is "%s", and none without a user', (timeout) => {
    const settings = { 'proxies.proxy0.mailbox.timeout': timeout };
    expect(lineOf(settings)?.mailbox).toBeNull();
    expect(lineOf({ ...settings, 'proxies.proxy0.mailbox.user': '7000' })?.mailbox).toMatchObject({
      server: '',
      timeoutS: 1800,
      transport: '',
    });
  });

  it('may have the same user at two servers, each with its own section', () => {
    const settings = { 'proxies.proxy0.password': 'one', 'proxies.proxy1.password': 'two' };
    const peers = ['a.example.org', 'b.example.org'].map((server) => ({ user: '701', server }));
    expect(read(settings, peers).configuration.lines).toMatchObject([
      { id: 'line0', user: '701', server: 'a.example.org', password: 'one' },
      { id: 'line1', user: '701', server: 'b.example.org', password: 'two' },
    ]);
  });

  it.each(['udp', 'tcp', 'tls', 'wss', ''])('take the protocol "%s"', (protocol) => {
    expect(lineOf({}, [{ protocol }])?.transport).toBe(protocol);
  });

  it.each([
    ['sip.example.org', 'sip.example.org'],
    ['192.0.2.1:5070', '192.0.2.1:5070'],
    ['[2001:db8::1]:5060', '[2001:db8::1]:5060'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['2001:db8::1', '2001:db8::1'],
    ['a.example.org:5060 ; b.example.org;', 'a.example.org:5060;b.example.org'],
    ['a.example.org;SipServer1.domain.invalid:5060', 'a.example.org'],
  ])('take the server "%s" as "%s"', (server, taken) => {
    expect(read({}, [{ server }]).mistakes).toEqual([]);
    expect(lineOf({}, [{ server }])?.server).toBe(taken);
  });

  it.each(['a b', 'a:0', 'a:65536', 'a:5060:1', '[a]:5060', '[::1', 'sip:a', 'a,b', 'a/b', 'ä'])(
    'are left out where a server is "%s"',
    (server) => {
      const reading = read({}, [{ server: `a.example.org;${server}` }]);
      expect(reading.configuration.lines).toEqual([]);
      expect(reading.mistakes).toEqual([
        `line 1: the Connectivity of "700" is left out: the server "${server}" is not a host, host:port or [IPv6]:port.`,
      ]);
    },
  );

  it('take the section of the first where they have none, and only theirs where they have one', () => {
    const settings = {
      'proxies.proxy0.display_name': 'Ada',
      'proxies.proxy0.reg_timeout': '60',
      'proxies.proxy1.reg_timeout': '90',
    };
    const { lines } = read(settings, [{}, {}, {}]).configuration;
    expect(lines.map((line) => [line.displayName, line.registerTimeoutS])).toEqual([
      ['Ada', 60],
      ['', 90],
      ['Ada', 60],
    ]);
  });

  it('know names in any case, and prefer the exact one', () => {
    expect(lineOf({ 'Proxies.proxy0.Display_Name': 'Ada' })?.displayName).toBe('Ada');
    expect(lineOf({ 'proxies.proxy0.display_name': 'a', 'proxies.proxy0.DISPLAY_NAME': 'b' })?.displayName).toBe('a');
    expect(read({ 'PROXIES.PROXY0.REG_TIMEOUT': '60' }).unused).toEqual([]);
  });

  it.each(['', 'never', '-5', '1.5', '60s'])('stand alone with reg_timeout "%s"', (value) => {
    const reading = read({ 'proxies.proxy0.reg_timeout': value });
    expect(reading.configuration.lines[0]?.registerTimeoutS).toBe(0);
    expect(reading.mistakes).toEqual([]);
  });

  it('take an empty reg_interval as none, without a word', () => {
    expect(read({ 'proxies.proxy0.reg_interval': '' })).toMatchObject({
      mistakes: [],
      configuration: { lines: [{ registerIntervalS: 0 }] },
    });
  });

  it.each(['SipServer0.domain.invalid:5060', 'a.INVALID', 'stun.example.invalid'])(
    'leave out the placeholder %s without a word',
    (server) => {
      expect(read({}, [{ server }])).toMatchObject({ mistakes: [], configuration: { lines: [] } });
    },
  );

  it('keep their number and section where a placeholder stands before them', () => {
    const settings = { 'proxies.proxy0.display_name': 'Ada', 'proxies.proxy1.display_name': 'Bob' };
    const { lines } = read(settings, [{ server: 'x.invalid' }, {}]).configuration;
    expect(lines.map((line) => [line.id, line.displayName])).toEqual([['line1', 'Bob']]);
  });

  it('are six at the most', () => {
    const reading = read(
      {},
      Array.from({ length: 8 }, () => ({})),
    );
    expect(reading.configuration.lines.map((line) => line.id)).toEqual([
      'line0',
      'line1',
      'line2',
      'line3',
      'line4',
      'line5',
    ]);
    expect(reading.mistakes).toEqual([
      'line 7: the Connectivity of "706" is left out: there are more than 6.',
      'line 8: the Connectivity of "707" is left out: there are more than 6.',
    ]);
  });

  it.each<[Partial<Connectivity>, string]>([
    [{ user: '' }, 'user and server are needed'],
    [{ server: '' }, 'user and server are needed'],
    [{ protocol: 'https' }, 'the protocol "https" is not available'],
    [{ server: ';' }, 'user and server are needed'],
    [{ server: 'a;b;c;d;e;f;g;h;i' }, 'there are more than 8 servers'],
  ])('are left out, and say why: %j', (connectivity, why) => {
    const reading = read({}, [connectivity]);
    expect(reading.configuration.lines).toEqual([]);
    expect(reading.mistakes[0]).toMatch(/^line 1: the Connectivity of ".*" is left out: /);
    expect(reading.mistakes[0]).toContain(why);
  });
});

describe('ports', () => {
  const ports = (settings: Record<string, string>) => {
    const { sipPorts, rtpPorts } = read(settings).configuration;
    return [sipPorts?.min, sipPorts?.max, rtpPorts?.min, rtpPorts?.max];
  };

  it.each<[Record<string, string>, number[]]>([
    [{}, [5060, 5066, 9000, 9999]],
    [{ 'policy.endpoint.sip_port_min': '6000', 'policy.endpoint.rtp_port_min': '20000' }, [6000, 6006, 20000, 20999]],
    [{ 'policy.endpoint.sip_port_max': '5080', 'policy.endpoint.rtp_port_max': '9003' }, [5060, 5080, 9000, 9003]],
    [
      { 'policy.endpoint.sip_port_min': '65535', 'policy.endpoint.rtp_port_min': '65000' },
      [65535, 65535, 65000, 65535],
    ],
    [{ 'policy.endpoint.sip_port_min': '', 'policy.endpoint.rtp_port_min': '' }, [5060, 5066, 9000, 9999]],
  ])('%j gives %j', (settings, expected) => {
    expect(ports(settings)).toEqual(expected);
    expect(read(settings).mistakes).toEqual([]);
  });

  it.each(['0', '65536', '-1', '5060.5', 'x', '0x10', '9'.repeat(400)])(
    'of "%s" are a mistake, with its line, and the default is used',
    (value) => {
      const reading = read({ 'policy.endpoint.sip_port_min': value });
      expect(reading.configuration.sipPorts).toEqual({ min: 5060, max: 5066 });
      expect(reading.mistakes).toEqual([
        `line 10: policy.endpoint.sip_port_min is "${value}", which is not a whole number from 1 to 65535; 5060 is used.`,
      ]);
    },
  );

  it.each(['sip_port', 'rtp_port'])('%s upside down stops the phone', (option) => {
    const settings = { [`policy.endpoint.${option}_min`]: '6001', [`policy.endpoint.${option}_max`]: '6000' };
    expect(() => read(settings)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'TL5002', cause: '6001 is greater than 6000.' }),
      }),
    );
  });
});

describe('SIP', () => {
  const sipOf = (settings: Record<string, string>) => read(settings).configuration.sip;

  it('has defaults for all that is not said', () => {
    expect(sipOf({})).toEqual({
      publicAddress: '',
      ipVersions: 'IPv4,IPv6',
      tcpPorts: { min: 0, max: 0 },
      bindPublicAddress: false,
      includeMacAddress: false,
      referToProxy: false,
      transactionTimeoutMs: 4000,
      osInUserAgent: true,
      tls: { certificate: '', checkName: true, authorities: '' },
    });
  });

  it('is what the file says', () => {
    const settings = {
      'policy.endpoint.public_address': '$net:192.0.2.0/24',
      'policy.endpoint.ip_versions': 'ipv6, IPV4',
      'policy.endpoint.tcp_port_min': '6000',
      'policy.endpoint.tcp_port_max': '6010',
      'policy.endpoint.sip_port_binding': '1',
      'policy.endpoint.include_mac_address': '1',
      'policy.endpoint.refer_to_proxy': '1',
      'policy.endpoint.sip_transaction_timeout': '32000',
      'policy.endpoint.include_os_version_in_user_agent_header': '0',
      'system.security.certificate': '/etc/thinline/own.pem',
      'system.security.tls-target-name-check': 'None',
      'system.security.authorities': '/etc/thinline/authorities.pem',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unused: [] });
    expect(sipOf(settings)).toEqual({
      publicAddress: '$net:192.0.2.0/24',
      ipVersions: 'IPv6,IPv4',
      tcpPorts: { min: 6000, max: 6010 },
      bindPublicAddress: true,
      includeMacAddress: true,
      referToProxy: true,
      transactionTimeoutMs: 32_000,
      osInUserAgent: false,
      tls: { certificate: '/etc/thinline/own.pem', checkName: false, authorities: '/etc/thinline/authorities.pem' },
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ cert_file: 'old.pem' }, 'old.pem'],
    [{ cert_file: 'old.pem', certificate: 'new.pem' }, 'new.pem'],
    [{ CERT_FILE: 'old.pem' }, 'old.pem'],
  ])('knows the old name of the certificate: %j', (names, certificate) => {
    const settings = Object.fromEntries(
      Object.entries(names).map(([name, value]) => [`system.security.${name}`, value]),
    );
    expect(sipOf(settings)?.tls?.certificate).toBe(certificate);
    expect(read(settings).unused).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['no', false],
    ['NONE', false],
    ['host', true],
    ['', true],
  ])('checks the name of a server: "%s" is %s', (value, checkName) => {
    expect(sipOf({ 'system.security.tls-target-name-check': value })?.tls).toMatchObject({ checkName });
  });

  it.each([
    ['6001', '6000'],
    ['6001', '0'],
    ['0', '6000'],
  ])('takes any port for TCP where the range is %s to %s, and says so', (min, max) => {
    const settings = { 'policy.endpoint.tcp_port_min': min, 'policy.endpoint.tcp_port_max': max };
    expect(sipOf(settings)?.tcpPorts).toEqual({ min: 0, max: 0 });
    expect(read(settings).mistakes).toEqual([
      `policy.endpoint.tcp_port_min is ${min} and tcp_port_max ${max}; any free port is used.`,
    ]);
  });
});

describe('NAT', () => {
  const natOf = (settings: Record<string, string>) =>
    lineOf(Object.fromEntries(Object.entries(settings).map(([name, value]) => [`proxies.proxy0.nat.${name}`, value])))
      ?.nat;

  it('is what the section says', () => {
    const settings = {
      ice_enabled: '1',
      stun_server: 'stun.example.org',
      turn_server: '2001:db8::1',
      turn_server_port: '5349',
      turn_relay_type: 'TLS',
      turn_user_name: 'ada',
      turn_password: 'hidden',
    };
    expect(natOf(settings)).toEqual({
      ice: true,
      stunServer: 'stun.example.org:3478',
      turnServer: '[2001:db8::1]:5349',
      turnTransport: 'tls',
      turnUser: 'ada',
      turnPassword: 'hidden',
    });
  });

  it.each([
    ['0', 'udp'],
    ['1', 'tcp'],
    ['2', 'tls'],
    ['', 'udp'],
    ['Tcp', 'tcp'],
  ])('relay type "%s" is %s', (type, transport) => {
    expect(natOf({ turn_server: 'a:1', turn_relay_type: type })).toMatchObject({
      turnServer: 'a:1',
      turnTransport: transport,
    });
  });

  it('is nothing with the placeholders that the installer writes, without a word', () => {
    const settings = {
      'proxies.proxy0.nat.stun_server': 'stun.example.invalid',
      'proxies.proxy0.nat.ice_enabled': '0',
    };
    expect(lineOf(settings)?.nat).toBeNull();
    expect(read(settings)).toMatchObject({ mistakes: [], unused: [] });
  });

  it('has no server that is none, and says so', () => {
    const settings = { 'proxies.proxy0.nat.turn_server': 'turn:turn.example.org' };
    expect(lineOf(settings)?.nat).toBeNull();
    expect(read(settings).mistakes).toEqual([
      'line 10: proxies.proxy0.nat.turn_server is "turn:turn.example.org", which is not a host; it is left out.',
    ]);
  });
});

describe('calls', () => {
  const callsOf = (settings: Record<string, string>) => read(settings).configuration.calls;

  it('have defaults for all that is not said', () => {
    expect(callsOf({})).toEqual({
      autoAnswer: false,
      autoAnswerDelayMs: 1500,
      dtmfMethod: 'Rfc2833',
      rejectWhenBusy: false,
      sessionsForBusy: 1,
      busyStatus: 486,
      ringingTimeoutS: 0,
    });
  });

  it('are treated as the file says', () => {
    const settings = {
      'policy.session.auto_answer': '1',
      'policy.session.auto_answer_delay': '0',
      'policy.session.dtmf_method': 'inbandrtp',
      'policy.session.reject_session_when_busy': '1',
      'policy.session.number_sessions_for_busy': '2',
      'policy.session.sip_code_when_busy': '600',
      'policy.session.ringing_timeout': '30',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unused: [] });
    expect(callsOf(settings)).toEqual({
      autoAnswer: true,
      autoAnswerDelayMs: 0,
      dtmfMethod: 'InbandRtp',
      rejectWhenBusy: true,
      sessionsForBusy: 2,
      busyStatus: 600,
      ringingTimeoutS: 30,
    });
  });

  it('take what is empty as not said, without a word', () => {
    const names = [
      'reject_session_when_busy',
      'sip_code_when_busy',
      'ringing_timeout',
      'auto_answer_delay',
      'dtmf_method',
    ];
    const settings = Object.fromEntries(names.map((name) => [`policy.session.${name}`, '']));
    expect(read(settings).mistakes).toEqual([]);
    expect(callsOf(settings)).toEqual(callsOf({}));
  });
});

describe('values', () => {
  const flagOf = (value: string) => read({ 'policy.session.auto_answer': value }).configuration.calls?.autoAnswer;

  it.each(['1', 'true', 'Yes', 'TRUE'])('"%s" is yes', (value) => {
    expect(flagOf(value)).toBe(true);
  });

  it.each(['0', 'false', 'No', ''])('"%s" is no', (value) => {
    expect(flagOf(value)).toBe(false);
  });

  it.each([
    ['policy.session.auto_answer', 'maybe', '0 or 1; 0 is used'],
    ['policy.endpoint.include_os_version_in_user_agent_header', '2', '0 or 1; 1 is used'],
    ['policy.session.dtmf_method', 'morse', 'one of Rfc2833 | Info | InbandRtp; Rfc2833 is used'],
    ['policy.endpoint.ip_versions', 'IPv5', 'one of IPv4 | IPv6 | IPv4,IPv6 | IPv6,IPv4; IPv4,IPv6 is used'],
    ['policy.session.sip_code_when_busy', '200', 'a whole number from 400 to 699; 486 is used'],
    ['proxies.proxy0.agent_state', 'telepathy', 'one of none | features | presence; none is used'],
    ['proxies.proxy0.mailbox.transport', 'sctp', 'one of udp | tcp | tls; it is left out'],
  ])('of %s that are "%s" are a mistake, with its line', (path, value, words) => {
    const { mistakes } = read({ [path]: value, 'proxies.proxy0.mailbox.user': '7000' });
    expect(mistakes).toEqual([`line 10: ${path} is "${value}", which is not ${words}.`]);
  });
});

describe('a reading', () => {
  it('lists what has no effect, by path', () => {
    const reading = read({
      'policy.session.auto_accept_video': '1',
      'codecs.enabled.video': 'h264',
      'codecs.iLBC/8000.pt': '102',
      'codecs.PCMU/8000.color': 'red',
      'proxies.proxy0.nat.turn_password': 'hunter2',
      'proxies.proxy3.password': 'x',
    });
    expect(reading.unused).toEqual([
      'policy.session.auto_accept_video',
      'codecs.enabled.video',
      'codecs.PCMU/8000.color',
    ]);
  });

  it('never tells a password', () => {
    const hidden = { password: 'hunter2', 'nat.turn_password': 'hunter2', 'mailbox.password': 'hunter2' };
    const settings = Object.fromEntries(
      Object.entries(hidden).map(([name, value]) => [`proxies.proxy0.${name}`, value]),
    );
    const { mistakes, unused, configuration } = read(settings, [{}, { protocol: 'x' }]);
    const { revision, sip, media } = configuration;
    expect(JSON.stringify([mistakes, unused, revision, sip, media])).not.toContain('hunter2');
  });

  it('has a revision of its own at each reading, from which nothing can be guessed', () => {
    const { revision } = read().configuration;
    expect(revision).toMatch(/^[0-9a-f-]{36}$/);
    expect(read().configuration.revision).not.toBe(revision);
  });
});

describe('the option table', () => {
  it('has each option once, with a default in its range', () => {
    expect(new Set(options.map((option) => option.path)).size).toBe(options.length);
    for (const { path } of options) {
      const { type, min = -Infinity, max = Infinity, choices = [], default: value } = optionAt(path);
      if (type === 'integer') expect(Number(value) >= min && Number(value) <= max).toBe(true);
      else if (type === 'boolean') expect([true, false]).toContain(value);
      else if (type === 'choice') expect(['', ...choices]).toContain(value);
      else expect(typeof value).toBe('string');
    }
  });

  it('marks passwords as secret', () => {
    for (const { path } of options) expect(optionAt(path).secret ?? false).toBe(path.includes('password'));
  });
});
