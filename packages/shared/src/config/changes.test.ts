import { describe, expect, it } from 'vitest';
import type { Configuration } from '../contract/types.ts';
import { changesBetween, strongestEffect } from './changes.ts';
import { configurationFrom } from './configuration.ts';

function configuration(settings: Record<string, string> = {}, users = ['700', '701']): Configuration {
  return configurationFrom({
    connectivities: users.map((user) => ({ user, server: 'sip.example.org', protocol: 'udp', line: 1 })),
    settings: new Map(Object.entries(settings).map(([path, value]) => [path, { value, line: 1 }])),
    repeated: [],
  }).configuration;
}

describe('changesBetween', () => {
  it('finds none where only the revision or the way of writing differs', () => {
    const settings = { 'policy.session.auto_answer': 'yes', 'policy.endpoint.ip_versions': 'ipv6' };
    const other = { 'policy.session.auto_answer': '1', 'policy.endpoint.ip_versions': 'IPv6', 'policy.x.y': '1' };
    expect(changesBetween(configuration(settings), configuration(other))).toEqual([]);
    expect(strongestEffect([])).toBeNull();
  });

  it.each([
    [{ 'policy.session.echo_control': '1' }, 'policy.session.echo_control', 'at once'],
    [{ 'policy.device.headset_name': 'x' }, 'policy.device.headset_name', 'at once'],
    [{ 'codecs.enabled.audio': 'PCMU' }, 'codecs.enabled.audio', 'next call'],
    [{ 'system.security.use_srtp': 'force,UEC' }, 'system.security.use_srtp', 'next call'],
    [{ 'policy.session.dtmf_feedback': '0' }, 'policy.session.dtmf_feedback', 'at once'],
    [{ 'proxies.proxy1.password': 'hunter2' }, 'proxies.proxy1.password', 'register'],
    [{ 'policy.endpoint.sip_port_max': '5070' }, 'policy.endpoint.sip_port_max', 'restart'],
    [{ 'system.security.tls-target-name-check': 'no' }, 'system.security.tls-target-name-check', 'restart'],
  ])('finds %j', (settings, path, effect) => {
    expect(changesBetween(configuration(), configuration(settings))).toEqual([{ path, effect }]);
    expect(changesBetween(configuration(settings), configuration())).toEqual([{ path, effect }]);
  });

  it('names each line that a change concerns', () => {
    const nat = { 'proxies.proxy0.nat.ice_enabled': '1', 'proxies.proxy0.nat.turn_server': 'turn.example' };
    expect(changesBetween(configuration(), configuration(nat)).map((it) => it.path)).toEqual([
      'proxies.proxy0.nat.ice_enabled',
      'proxies.proxy1.nat.ice_enabled',
      // Where there was nothing, the transport to nobody counts as well.
      'proxies.proxy0.nat.stun_server',
      'proxies.proxy1.nat.stun_server',
      'proxies.proxy0.nat.turn_server',
      'proxies.proxy1.nat.turn_server',
      'proxies.proxy0.nat.turn_relay_type',
      'proxies.proxy1.nat.turn_relay_type',
      'proxies.proxy0.nat.turn_user_name',
      'proxies.proxy1.nat.turn_user_name',
      'proxies.proxy0.nat.turn_password',
      'proxies.proxy1.nat.turn_password',
    ]);
  });

  it('takes a line that comes or goes for a change of its user', () => {
    const change = [{ path: 'user:1', effect: 'register' }];
    expect(changesBetween(configuration({}, ['700']), configuration({}))).toEqual(change);
    expect(changesBetween(configuration({}), configuration({}, ['700']))).toEqual(change);
    expect(changesBetween(configuration({}), configuration({}, ['700', '702']))).toEqual(change);
  });

  it('takes parts that nobody has told for changed', () => {
    const bare = { ...configuration(), devices: null, alerting: null };
    expect(changesBetween(bare, bare)).toEqual([]);
    const paths = changesBetween(bare, configuration()).map((it) => it.path);
    expect(paths).toContain('policy.device.use_headset');
    expect(paths).not.toContain('policy.session.auto_answer');
  });
});

describe('the strongest effect', () => {
  it.each([
    [{ 'policy.session.echo_control': '1' }, 'at once'],
    [{ 'policy.session.echo_control': '1', 'policy.session.auto_answer': '1' }, 'next call'],
    [{ 'proxies.proxy0.domain': 'x', 'policy.session.auto_answer': '1' }, 'register'],
    [{ 'policy.endpoint.public_address': '$ipv4', 'proxies.proxy0.domain': 'x' }, 'restart'],
  ])('of %j is %s', (settings, effect) => {
    expect(strongestEffect(changesBetween(configuration(), configuration(settings)))).toBe(effect);
  });
});
