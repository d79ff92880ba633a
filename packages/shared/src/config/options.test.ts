import { describe, expect, it } from 'vitest';
import type { Configuration } from '../contract/types.ts';
import { changesBetween } from './changes.ts';
import { configurationFrom } from './configuration.ts';
import { judge, writtenValue } from './judgement.ts';
import type { Option } from './option.ts';
import { optionAt, optionOf, options } from './options.ts';
import type { SoftphoneConfig } from './softphone-config.ts';

/** Texts of which one has to make a difference to the configuration, where an option makes one. */
function otherTexts({ type, choices = [], min = 0, max = 0, default: usual, path }: Option): string[] {
  switch (type) {
    case 'boolean':
      return [usual === true ? '0' : '1'];
    case 'choice':
      return [...choices];
    case 'integer':
      return [max, min].filter((it) => it !== usual).map(String);
    case 'text':
      if (path === 'server:N') return ['other.example'];
      if (path === 'codecs.enabled.audio') return ['PCMU'];
      if (path.endsWith('.payload_type')) return ['99'];
      if (path.endsWith('.ptime')) return ['40'];
      if (path.endsWith('.bitrate')) return ['20000'];
      if (path === 'system.security.use_srtp') return ['force,UEC'];
      return ['other.example', '3', '10 hr', '10 day', 'user@host.example', `${'ab'.repeat(20)}`, 'calls'];
  }
}

/** A file in which every option has something to act on. */
function file(settings: Record<string, string>): SoftphoneConfig {
  const { 'user:0': user = '700', 'server:0': server = 'sip.example', 'protocol:0': protocol = '', ...rest } = settings;
  const all = {
    'proxies.proxy0.mailbox.user': '7000',
    'proxies.proxy0.nat.stun_server': 'stun.example',
    'proxies.proxy0.nat.turn_server': 'turn.example',
    ...(settings['policy.endpoint.tcp_port_min'] ? { 'policy.endpoint.tcp_port_max': '65535' } : {}),
    ...(settings['policy.endpoint.tcp_port_max'] ? { 'policy.endpoint.tcp_port_min': '1' } : {}),
    ...rest,
  };
  return {
    connectivities: [{ user, server, protocol, line: 1 }],
    settings: new Map(Object.entries(all).map(([path, value]) => [path, { value, line: 1 }])),
    repeated: [],
  };
}

const concrete = (path: string): string =>
  path.replace('proxyN', 'proxy0').replace('NAME', 'opus/48000/2').replace(':N', ':0');

const configurationWith = (settings: Record<string, string>): Configuration => ({
  ...configurationFrom(file(settings)).configuration,
  revision: '',
});

/** Where the values of two messages differ: "sip.tls.checkName". */
function fieldsThatDiffer(a: unknown, b: unknown, above = ''): string[] {
  const isMessage = (it: unknown): it is object => typeof it === 'object' && it !== null && above !== 'media.codecs';
  if (!isMessage(a) || !isMessage(b)) return JSON.stringify(a) === JSON.stringify(b) ? [] : [above];
  const others = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).flatMap(([name, value]) => {
    const path = above && !/^\d+$/.test(name) ? `${above}.${name}` : above || name;
    return fieldsThatDiffer(value, others.get(name), path);
  });
}

describe('the option table', () => {
  it('has each option once, with a default that is a value of it', () => {
    const paths = options.flatMap(({ path, oldPath }) => [path, oldPath ?? path]);
    expect(new Set(paths).size).toBe(options.length + 1);
    for (const option of options) {
      const text = writtenValue(option.default);
      expect([option.path, judge(option, text)]).toEqual([option.path, option.default]);
      if (option.initial !== undefined) {
        expect([option.path, judge(option, option.initial)]).not.toEqual([option.path, null]);
        expect(option.initial).not.toBe(text);
      }
    }
  });

  it('says what each type needs', () => {
    for (const { path, type, min, max, choices, form, meaning } of options) {
      expect([path, type === 'integer', min !== undefined, max !== undefined]).toEqual([
        path,
        ...Array(3).fill(type === 'integer'),
      ]);
      expect([path, type === 'choice']).toEqual([path, choices !== undefined]);
      expect([path, form === undefined || type === 'text']).toEqual([path, true]);
      expect(meaning).toMatch(/[.`)]$/);
      // It goes into comments of XML.
      expect(meaning).not.toContain('--');
    }
  });

  it('marks passwords as secret', () => {
    for (const { path } of options) {
      expect(optionAt(path).secret ?? false).toBe(path.includes('password') || path.endsWith('.secret'));
    }
  });

  const usual = configurationWith({});

  /** The other end of a range, which moves along. */
  const otherEnds: ReadonlyMap<string, string> = new Map([
    ['policy.endpoint.sip_port_min', 'sipPorts.max'],
    ['policy.endpoint.rtp_port_min', 'rtpPorts.max'],
    ['policy.endpoint.tcp_port_min', 'sip.tcpPorts.max'],
    ['policy.endpoint.tcp_port_max', 'sip.tcpPorts.min'],
  ]);

  it.each(options.filter((it) => it.fields !== undefined))(
    '$path makes the difference that the table says',
    (option) => {
      const texts = otherTexts(option).filter((it) => judge(option, it) !== null);
      const fields = new Set(
        texts.flatMap((text) => fieldsThatDiffer(usual, configurationWith({ [concrete(option.path)]: text }))),
      );
      fields.delete(otherEnds.get(option.path) ?? '');
      expect([...fields].sort()).toEqual([...(option.fields ?? [])].sort());
    },
  );

  /** With a connector, so that what is said of it has something to act on. */
  const ownWith = (settings: Record<string, string>): unknown => {
    const { link, connector, panel } = configurationFrom(file({ 'policy.connector.port': '8001', ...settings }));
    return { link, connector, panel };
  };

  it.each(options.filter((it) => it.fields === undefined && it.noEffect === undefined))(
    '$path is for the app layer alone, and makes a difference there',
    (option) => {
      expect(option.where).toBe('app');
      const more = ['9.9.9', '127.0.0.2', 'https://desktop.example', 'abcdefghijklmnop'];
      const texts = [...otherTexts(option), ...more].filter((it) => judge(option, it) !== null);
      expect(texts.map((text) => ownWith({ [option.path]: text }))).not.toEqual(texts.map(() => ownWith({})));
    },
  );

  it.each(options.filter((it) => it.noEffect !== undefined))(
    '$path makes no difference, as the table says',
    (option) => {
      expect(option.fields).toBeUndefined();
      const texts = otherTexts(option).filter((it) => judge(option, it) !== null);
      expect(texts).not.toEqual([]);
      for (const text of texts) expect(configurationWith({ [concrete(option.path)]: text })).toEqual(usual);
    },
  );

  it('has an option for every field of the configuration', () => {
    const fields = options.flatMap((it) => it.fields ?? []);
    const leaves = (message: unknown, above: string): string[] =>
      typeof message === 'object' && message !== null && above !== 'media.codecs'
        ? Object.entries(message).flatMap(([name, value]) => leaves(value, above ? `${above}.${name}` : name))
        : [above];
    const all = leaves(usual, '').map((it) => it.replace(/^lines\.0/, 'lines'));
    // Of the reading, and of the order of lines.
    const own = ['revision', 'lines.id'];
    expect(all.filter((it) => !own.includes(it)).sort()).toEqual([...new Set(fields)].sort());
  });

  it('and the changes between configurations agree', () => {
    for (const option of options.filter((it) => it.fields !== undefined && !it.path.startsWith('codecs.NAME'))) {
      const path = concrete(option.path);
      const same = /nat\.(stun|turn)_server_port$/.test(path) ? path.replace('_port', '') : path;
      const texts = otherTexts(option).filter((it) => judge(option, it) !== null);
      const changes = texts.flatMap((text) => changesBetween(usual, configurationWith({ [path]: text })));
      expect([path, changes.some((it) => it.path === same && it.effect === option.effect)]).toEqual([path, true]);
    }
  });
});

describe('optionOf', () => {
  it.each([
    ['policy.endpoint.rtp_port_min', 'policy.endpoint.rtp_port_min'],
    ['Policy:Endpoint:RTP_port_min', 'policy.endpoint.rtp_port_min'],
    ['proxies.proxy11.nat.ice_enabled', 'proxies.proxyN.nat.ice_enabled'],
    ['proxies.proxyN.password', 'proxies.proxyN.password'],
    ['codecs.iLBC/8000.pt', 'codecs.NAME.payload_type'],
    ['codecs:opus/48000/2:fmtp', 'codecs.NAME.fmtp'],
    ['codecs.enabled.audio', 'codecs.enabled.audio'],
    ['system.security.cert_file', 'system.security.certificate'],
    ['user:0', 'user:N'],
    ['user:N', 'user:N'],
    ['transport:3', 'protocol:N'],
  ])('finds %s', (path, option) => {
    expect(optionOf(path)?.path).toBe(option);
  });

  it.each([
    '',
    'policy',
    'policy.endpoint',
    'policy.endpoint.x',
    'proxies.proxy.password',
    'codecs.PCMU.color',
    'toString',
    '__proto__',
  ])('finds no %s', (path) => {
    expect(optionOf(path)).toBeUndefined();
  });
});
