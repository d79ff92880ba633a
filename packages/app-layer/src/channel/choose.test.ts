import { describe, expect, it } from 'vitest';
import { type ChannelSettings, chooseProvider, virtualChannels } from './choose.ts';
import type { Surroundings } from './provider.ts';

const usual: ChannelSettings = {
  channel: 'auto',
  endpoint: 'phone.example:4433',
  certificate: '',
  authorities: '',
  socket: '/run/adapter.sock',
};

const choose = (settings: Partial<ChannelSettings>, platform: NodeJS.Platform, env: Surroundings['env'] = {}) =>
  chooseProvider({ ...usual, ...settings }, { platform, env });

const detected = (platform: NodeJS.Platform, env: Surroundings['env']) => choose({}, platform, env).reason;

describe('what is found', () => {
  it.each<[string, NodeJS.Platform, Surroundings['env']]>([
    ['xrdp: this is an xrdp session', 'linux', { XRDP_SESSION: '1', XRDP_SOCKET_PATH: '/run/xrdp/sockdir' }],
    ['xrdp: this is an xrdp session', 'linux', { XRDP_SOCKET_PATH: '/run/xrdp/sockdir' }],
    ['citrix: this is a Citrix session (SESSIONNAME is ICA-TCP#0)', 'win32', { SESSIONNAME: 'ICA-TCP#0' }],
    ['citrix: this is a Citrix session (SESSIONNAME is ICA-CGP#12)', 'win32', { SESSIONNAME: 'ICA-CGP#12' }],
    ['wts: this is a Remote Desktop session (SESSIONNAME is RDP-Tcp#5)', 'win32', { SESSIONNAME: 'RDP-Tcp#5' }],
    ['wts: this is a Remote Desktop session (SESSIONNAME is rdp-tcp#5)', 'win32', { SESSIONNAME: 'rdp-tcp#5' }],
    [
      'horizon: this is a Horizon session (ViewClient_Machine_Name is set)',
      'win32',
      { SESSIONNAME: 'Console', ViewClient_Machine_Name: 'THIN7' },
    ],
    [
      'horizon: this is a Horizon session (ViewClient_Protocol is set)',
      'win32',
      { SESSIONNAME: 'RDP-Tcp#1', ViewClient_Protocol: 'BLAST' },
    ],
    [
      'wts: this is a Remote Desktop session (SESSIONNAME is RDP-Tcp#1)',
      'win32',
      { SESSIONNAME: 'RDP-Tcp#1', VIEWCLIENT_PROTOCOL: 'rdp', ViewClient_Machine_Name: 'THIN7' },
    ],
    [
      'citrix: this is a Citrix session (SESSIONNAME is ICA-TCP#0)',
      'win32',
      { SESSIONNAME: 'ICA-TCP#0', ViewClient_Machine_Name: 'nested' },
    ],
    ['local: nothing here tells of a remote session', 'win32', { SESSIONNAME: 'Console' }],
    ['local: nothing here tells of a remote session', 'win32', {}],
    ['local: nothing here tells of a remote session', 'win32', { XRDP_SOCKET_PATH: 'C:\\' }],
    ['local: nothing here tells of a remote session', 'linux', {}],
    [
      'local: nothing here tells of a remote session',
      'linux',
      { SESSIONNAME: 'ICA-TCP#0', ViewClient_Protocol: 'PCOIP' },
    ],
    ['local: nothing here tells of a remote session', 'linux', { SESSIONNAME: 'RDP-Tcp#0' }],
    ['local: nothing here tells of a remote session', 'darwin', { XRDP_SESSION: '', XRDP_SOCKET_PATH: '' }],
  ])('is %s', (reason, platform, env) => {
    const chosen = choose({}, platform, env);
    expect(chosen.reason).toBe(reason);
    expect(chosen.provider.name).toBe(reason.split(':')[0]);
  });

  it('is never TLS, which leads elsewhere', () => {
    expect(detected('linux', { ...process.env, DISPLAY: ':0', XRDP_SESSION: '', XRDP_SOCKET_PATH: '' })).toMatch(
      /^local/,
    );
  });
});

describe('what is asked for', () => {
  it.each(['local', 'tls', 'xrdp', 'wts', 'citrix', 'horizon'])('is %s wherever we are', (name) => {
    const byFile = choose({ channel: name }, 'win32', { SESSIONNAME: 'ICA-TCP#0' });
    expect(byFile.provider.name).toBe(name);
    expect(byFile.reason).toBe(`${name}: the configuration asks for it (policy.link.channel)`);
    const byWord = choose({ channel: 'wts', commandLine: name }, 'linux', { XRDP_SOCKET_PATH: '/run' });
    expect(byWord.provider.name).toBe(name);
    expect(byWord.reason).toBe(`${name}: --channel asks for it`);
  });

  it('is looked for where the command line says auto, whatever the configuration says', () => {
    const chosen = choose({ channel: 'tls', commandLine: 'auto' }, 'linux', { XRDP_SOCKET_PATH: '/run' });
    expect(chosen.reason).toBe('xrdp: this is an xrdp session');
  });

  it('has to be something that there is', () => {
    expect(() => choose({ commandLine: 'carrier-pigeon' }, 'linux')).toThrow(
      'TL6003 --channel takes one of auto, local, tls, citrix, horizon, wts, xrdp, and not "carrier-pigeon".',
    );
  });
});

describe('the ways', () => {
  it('say where they lead', () => {
    expect(choose({ channel: 'tls' }, 'linux').provider.placement).toBe('phone.example:4433');
    for (const { placement } of virtualChannels) expect(placement).toMatch(/session/);
  });

  it('are tried again sooner where that costs nobody anything', () => {
    const wait = (channel: string) => choose({ channel }, 'linux').provider.mostWaitMs;
    expect(['xrdp', 'wts', 'citrix', 'horizon'].map(wait)).toEqual([500, 500, 500, 500]);
    expect(['tls', 'local'].map(wait)).toEqual([4000, 4000]);
  });

  it('tell what an allow list has to say, with our names', () => {
    const lines = (name: string) =>
      virtualChannels.find((it) => it.name === name)?.allowList(String.raw`C:\Program Files\Thinline\thinline.exe`);
    expect(lines('citrix')).toEqual([
      {
        list: 'the Citrix policy "Virtual channel allow list for DVC"',
        line: String.raw`C:\Program Files\Thinline\thinline.exe,thinline-channel,thinline.grpc`,
      },
      {
        list: 'the Citrix policy "Virtual channel allow list"',
        line: String.raw`THNLINE,C:\Program Files\Thinline\thinline.exe`,
      },
    ]);
    const horizonList = String.raw`HKLM\SOFTWARE\Omnissa\Horizon\VirtualChannels\SDK`;
    expect(lines('horizon')).toEqual([
      { list: horizonList, line: String.raw`thinline.grpc=C:\Program Files\Thinline\thinline.exe` },
      { list: horizonList, line: String.raw`THNLINE=C:\Program Files\Thinline\thinline.exe` },
    ]);
    expect(lines('wts')).toEqual([]);
  });
});
