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
    });
  });

  it('take what their section says', () => {
    const settings = {
      'proxies.proxy0.display_name': 'Ada',
      'proxies.proxy0.password': 'secret',
      'proxies.proxy0.reg_timeout': '60',
      'proxies.proxy0.reg_interval': '10',
    };
    expect(lineOf(settings, [{ protocol: 'tcp' }])).toMatchObject({
      displayName: 'Ada',
      password: 'secret',
      transport: 'tcp',
      registerTimeoutS: 60,
      registerIntervalS: 10,
    });
  });

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
    [{ protocol: '' }, 'the protocol "" is not available'],
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

describe('a reading', () => {
  it('lists what has no effect, by path', () => {
    const reading = read({
      'policy.session.agc_mode': '1',
      'proxies.proxy0.nat.turn_password': 'hunter2',
      'proxies.proxy3.password': 'x',
    });
    expect(reading.unused).toEqual(['policy.session.agc_mode', 'proxies.proxy0.nat.turn_password']);
  });

  it('never tells a password', () => {
    const hidden = { password: 'hunter2', 'nat.turn_password': 'hunter2', 'mailbox.password': 'hunter2' };
    const settings = Object.fromEntries(
      Object.entries(hidden).map(([name, value]) => [`proxies.proxy0.${name}`, value]),
    );
    const { mistakes, unused, configuration } = read(settings, [{}, { protocol: 'x' }]);
    expect(JSON.stringify([mistakes, unused, configuration.revision])).not.toContain('hunter2');
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
      const { type, min = -Infinity, max = Infinity, default: value } = optionAt(path);
      if (type === 'integer') expect(Number(value) >= min && Number(value) <= max).toBe(true);
      else expect(value).toBe('');
    }
  });

  it('marks passwords as secret', () => {
    for (const { path } of options) expect(optionAt(path).secret ?? false).toBe(path.includes('password'));
  });
});
