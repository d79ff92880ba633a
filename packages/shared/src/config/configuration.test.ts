import { describe, expect, it } from 'vitest';
import { usualAlerting } from './alerting.ts';
import { configurationFrom } from './configuration.ts';
import { usualDevices } from './devices.ts';
import { findingText, quoted } from './finding.ts';
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
    repeated: [],
  };
}

const read = (...given: Parameters<typeof file>) => {
  const reading = configurationFrom(file(...given));
  return { ...reading, mistakes: reading.mistakes.map(findingText) };
};
const lineOf = (...given: Parameters<typeof file>) => read(...given).configuration.lines[0];

describe('lines', () => {
  it('have defaults for all that is not said', () => {
    expect(read()).toMatchObject({ mistakes: [], unknown: [], idle: [] });
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
      authUser: '',
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
    expect(read(settings)).toMatchObject({ mistakes: [], unknown: [], idle: [] });
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
        `line 1: server:0: "${server}" is not a host, host:port or [IPv6]:port; the line is left out.`,
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
    expect(read({ 'PROXIES.PROXY0.REG_TIMEOUT': '60' }).unknown).toEqual([]);
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
      'line 7: user:6: there are more than 6 lines; the line is left out.',
      'line 8: user:7: there are more than 6 lines; the line is left out.',
    ]);
  });

  it.each<[Partial<Connectivity>, string]>([
    [{ user: '' }, 'user:0: it is needed'],
    [{ server: '' }, 'server:0: it is needed'],
    [{ protocol: 'https' }, 'protocol:0: "https" is not available'],
    [{ server: ';' }, 'server:0: it is needed'],
    [{ server: 'a;b;c;d;e;f;g;h;i' }, 'server:0: there are more than 8'],
  ])('are left out, and say why: %j', (connectivity, why) => {
    const reading = read({}, [connectivity]);
    expect(reading.configuration.lines).toEqual([]);
    expect(reading.mistakes).toEqual([`line 1: ${why}; the line is left out.`]);
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
        `line 10: policy.endpoint.sip_port_min: ${quoted(value)} is not a whole number from 1 to 65535; 5060 is used.`,
      ]);
    },
  );

  it.each(['sip_port', 'rtp_port'])('%s upside down stops the phone', (option) => {
    const settings = { [`policy.endpoint.${option}_min`]: '6001', [`policy.endpoint.${option}_max`]: '6000' };
    const { stop, mistakes } = read(settings);
    expect(stop?.failure).toMatchObject({ code: 'TL5002', cause: '6001 is greater than 6000.' });
    expect(mistakes).toEqual([
      `line 10: policy.endpoint.${option}_min: 6001 is greater than ${option}_max, 6000; the phone does not start.`,
    ]);
    expect(read({}).stop).toBeNull();
  });

  it('of RTP below 9000 are taken, and it is said', () => {
    const { notes, mistakes, configuration } = read({ 'policy.endpoint.rtp_port_min': '8000' });
    expect(configuration.rtpPorts).toEqual({ min: 8000, max: 8999 });
    expect([mistakes, notes.map(findingText)]).toEqual([
      [],
      [
        "line 10: policy.endpoint.rtp_port_min: 8000 is below 9000, from where on the vendor's guide allows it; it is used all the same.",
      ],
    ]);
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
      signalingQos: 0,
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
      'policy.endpoint.signaling_qos': '24',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unknown: [], idle: [] });
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
      signalingQos: 24,
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
    expect(read(settings).unknown).toEqual([]);
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
      `line 10: policy.endpoint.tcp_port_min: ${min} to tcp_port_max, ${max}, is no range; any free port is used.`,
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
    expect(read(settings)).toMatchObject({ mistakes: [], unknown: [], idle: [] });
  });

  it('has no server that is none, and says so', () => {
    const settings = { 'proxies.proxy0.nat.turn_server': 'turn:turn.example.org' };
    expect(lineOf(settings)?.nat).toBeNull();
    expect(read(settings).mistakes).toEqual([
      'line 10: proxies.proxy0.nat.turn_server: "turn:turn.example.org" is not a host; it is left out.',
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
      rejectWithoutHeadset: false,
      noHeadsetStatus: 480,
      whenLost: 'accept',
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
      'policy.session.reject_session_when_headset_na': '1',
      'policy.session.sip_code_when_headset_na': '404',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unknown: [], idle: [] });
    expect(callsOf(settings)).toEqual({
      autoAnswer: true,
      autoAnswerDelayMs: 0,
      dtmfMethod: 'InbandRtp',
      rejectWhenBusy: true,
      sessionsForBusy: 2,
      busyStatus: 600,
      ringingTimeoutS: 30,
      rejectWithoutHeadset: true,
      noHeadsetStatus: 404,
      whenLost: 'accept',
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

describe('devices', () => {
  const devicesOf = (settings: Record<string, string>) => read(settings).configuration.devices;

  it('have defaults for all that is not said', () => {
    expect(devicesOf({})).toEqual({
      useHeadset: false,
      headsetName: '',
      audioInDevice: '',
      audioOutDevice: '',
      ringerDevice: '',
      includeHeadset: '',
      excludeHeadset: '',
      audioLayer: 0,
      releaseMs: 200,
      restartIfStuck: false,
      follow: true,
    });
    expect(usualDevices()).toEqual(devicesOf({}));
  });

  it('are chosen as the file says', () => {
    const settings = {
      'policy.device.use_headset': '1',
      'policy.device.headset_name': '*',
      'policy.device.audio_in_device': 'Realtek.*',
      'policy.device.audio_out_device': 'Speakers',
      'policy.device.ringer_device': 'Bell',
      'policy.device.include_headset': 'External Mic:Headphones',
      'policy.device.exclude_headset': 'Webcam',
      'policy.endpoint.webrtc_audio_layer': '3000',
      'policy.endpoint.defer_device_release': '0',
      'policy.session.restart_audio_if_stuck': '1',
      'policy.device.follow': '0',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unknown: [], idle: [] });
    expect(devicesOf(settings)).toEqual({
      useHeadset: true,
      headsetName: '*',
      audioInDevice: 'Realtek.*',
      audioOutDevice: 'Speakers',
      ringerDevice: 'Bell',
      includeHeadset: 'External Mic:Headphones',
      excludeHeadset: 'Webcam',
      audioLayer: 3000,
      releaseMs: 0,
      restartIfStuck: true,
      follow: false,
    });
  });
});

describe('what is heard of calls', () => {
  const alertingOf = (settings: Record<string, string>) => read(settings).configuration.alerting;

  it('has defaults for all that is not said', () => {
    expect(alertingOf({})).toEqual({
      ringingMode: 1,
      ringingFile: 'ringing.wav',
      systemRingingFile: 'ringing.wav',
      ringbackMode: 2,
      ringbackFile: '',
      callWaitingTone: true,
      callWaitingFile: 'callwait.wav',
      ringWhileHeld: true,
      beeps: false,
    });
    expect(usualAlerting()).toEqual(alertingOf({}));
  });

  it('is what the file says', () => {
    const settings = {
      'policy.session.ringing_enabled': '7',
      'policy.session.ringing_file': 'a.wav',
      'system.media.ringing_file': 'b.wav',
      'policy.session.ringback_enabled': '6',
      'policy.session.ringback_file': 'c.wav',
      'policy.session.callwait_tone_enabled': '0',
      'policy.session.callwait_tone_file': 'd.wav',
      'policy.session.ringing_while_call_held': '0',
      'policy.session.beeps': '1',
    };
    expect(read(settings)).toMatchObject({ mistakes: [], unknown: [], idle: [] });
    expect(alertingOf(settings)).toEqual({
      ringingMode: 7,
      ringingFile: 'a.wav',
      systemRingingFile: 'b.wav',
      ringbackMode: 6,
      ringbackFile: 'c.wav',
      callWaitingTone: false,
      callWaitingFile: 'd.wav',
      ringWhileHeld: false,
      beeps: true,
    });
  });

  it('rings back with our file where the mode is none', () => {
    const settings = { 'policy.session.ringback_enabled': '5' };
    expect(alertingOf(settings)?.ringbackMode).toBe(2);
    expect(read(settings).mistakes).toEqual([
      'line 10: policy.session.ringback_enabled: "5" is not one of 0 | 1 | 2 | 3 | 4 | 6; 2 is used.',
    ]);
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
    expect(mistakes).toEqual([`line 10: ${path}: "${value}" is not ${words}.`]);
  });
});

describe('a reading', () => {
  it('judges settings that have no effect, too', () => {
    expect(read({ 'policy.connector.port': '80000', 'system.diagnostics.log_level': 'high' }).mistakes).toEqual([
      'line 10: policy.connector.port: "80000" is not 1 to 65535; it is left out.',
      'line 11: system.diagnostics.log_level: "high" is not a whole number from 0 to 4; 3 is used.',
    ]);
  });

  it('tells of settings that stand there twice', () => {
    const twice = { ...file(), repeated: [{ path: 'policy.session.auto_answer', line: 12, firstLine: 10 }] };
    expect(configurationFrom(twice).mistakes.map(findingText)).toEqual([
      'line 12: policy.session.auto_answer: it stands in line 10 already; this one is used.',
    ]);
  });

  it('has 200 mistakes at the most, and long values only by their beginning', () => {
    const settings = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`proxies.proxy0.nat.turn_server_port${' '.repeat(n)}`, 'x']),
    );
    const connectivities = Array.from({ length: 300 }, () => ({
      server: 'x'.repeat(1000),
      protocol: `${'y'.repeat(999)}`,
    }));
    const { mistakes } = read(settings, connectivities);
    expect(mistakes).toHaveLength(201);
    expect(mistakes.at(-1)).toMatch(/there are \d+ more mistakes, which are not listed/);
    expect(Math.max(...mistakes.map((it) => it.length))).toBeLessThan(200);
  });

  it('lists what has no effect and what is unknown, by path', () => {
    const reading = read({
      'policy.session.auto_accept_video': '1',
      'codecs.enabled.video': 'h264',
      'codecs.iLBC/8000.pt': '102',
      'codecs.PCMU/8000.color': 'red',
      'proxies.proxy0.nat.turn_password': 'hunter2',
      'proxies.proxy3.password': 'x',
    });
    expect(reading.idle).toEqual([
      { path: 'policy.session.auto_accept_video', why: 'there is no video' },
      { path: 'codecs.enabled.video', why: 'there is no video' },
    ]);
    expect(reading.unknown).toEqual(['codecs.PCMU/8000.color']);
  });

  it('never tells a password', () => {
    const hidden = { password: 'hunter2', 'nat.turn_password': 'hunter2', 'mailbox.password': 'hunter2' };
    const settings = Object.fromEntries(
      Object.entries(hidden).map(([name, value]) => [`proxies.proxy0.${name}`, value]),
    );
    const { mistakes, unknown, idle, configuration } = read(settings, [{}, { protocol: 'x' }]);
    const { revision, sip, media } = configuration;
    expect(JSON.stringify([mistakes, unknown, idle, revision, sip, media])).not.toContain('hunter2');
  });

  it('has a revision of its own at each reading, from which nothing can be guessed', () => {
    const { revision } = read().configuration;
    expect(revision).toMatch(/^[0-9a-f-]{36}$/);
    expect(read().configuration.revision).not.toBe(revision);
  });
});

describe('quality', () => {
  const qualityOf = (settings: Record<string, string>) => read(settings).configuration.quality;

  it('is neither reported nor watched over unless the file says so', () => {
    expect(qualityOf({})).toEqual({ publish: false, collector: '', alarmThreshold: 0 });
  });

  it.each([
    ['0', 0],
    ['3.5', 3.5],
    ['5', 5],
    ['0.9', 0],
    ['5.1', 0],
  ])('has a threshold of %s', (vq_alarm_threshold, alarmThreshold) => {
    expect(qualityOf({ 'policy.endpoint.vq_alarm_threshold': vq_alarm_threshold })).toMatchObject({ alarmThreshold });
  });

  it('is reported to whom the file names', () => {
    const collector = 'vq@[2001:db8::1]:5070;transport=tls';
    const settings = { 'policy.endpoint.vq_report_publish': '1', 'policy.endpoint.vq_report_collector': collector };
    expect(qualityOf(settings)).toEqual({ publish: true, collector, alarmThreshold: 0 });
    expect(read({ 'policy.endpoint.vq_report_collector': 'collector' }).mistakes).toHaveLength(1);
  });
});
