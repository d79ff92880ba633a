/** The kinds of byte pipe that are measured: each is set up, and runs a program at its other end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { listenLocally } from '@thinline/endpoint-adapter/channel/local.ts';
import { listenForPlugins } from '@thinline/endpoint-adapter/channel/plugin.ts';
import { listenTls } from '@thinline/endpoint-adapter/channel/tls.ts';
import { startAuthority } from '@thinline/endpoint-adapter/sip/transport/testing/certificates.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { buildPlugin } from '../../../scripts/build-plugins.mjs';
import { type Peer, startPeer } from '../../peers/process.ts';
import { startClient, startScreen } from '../../vdi/client.ts';
import { startDesktop } from '../../vdi/desktop.ts';
import type { Open } from '../open.ts';
import type { Job, Place } from './job.ts';

const program = join(import.meta.dirname, 'client.ts');

export interface WayOpened {
  start(job: Omit<Job, 'place'>): Promise<Peer>;
  /** The remoting client between the ends, where there is one. */
  clientPid: number | null;
}

export interface Way {
  name: 'local' | 'tls' | 'dvc' | 'svc';
  meaning: string;
  peers: readonly string[];
  /** Whether gRPC alone can be measured: not where the pipe outlives whoever speaks on it. */
  isBareToo: boolean;
  open(open: Open, accept: (pipe: Duplex) => void): Promise<WayOpened>;
}

async function folderFor(open: Open): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-bench-'));
  open.later(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const here = (place: Place): WayOpened => ({
  start: (job) => startPeer(process.execPath, [program, JSON.stringify({ ...job, place })]),
  clientPid: null,
});

const local: Way = {
  name: 'local',
  meaning: 'a unix socket',
  peers: [],
  isBareToo: true,
  open: async (open, accept) => {
    const path = join(await folderFor(open), 'adapter.sock');
    const channel = await listenLocally(path, accept);
    open.later(() => channel.close());
    return here({ kind: 'local', path });
  },
};

const tls: Way = {
  name: 'tls',
  meaning: 'TLS on loopback',
  peers: ['openssl'],
  isBareToo: true,
  open: async (open, accept) => {
    const authority = await open.keep(startAuthority());
    const endpoint = await authority.issue({ names: ['IP:127.0.0.1'] });
    const user = await authority.issue({ names: ['DNS:ada'], client: true });
    const authorities = authority.file;
    const options = { host: '127.0.0.1', port: 0, certificate: endpoint.both, authorities, log: silent };
    const channel = await listenTls(options, accept);
    open.later(() => channel.close());
    const settings = { endpoint: `127.0.0.1:${channel.port}`, certificate: user.both, authorities };
    return here({ kind: 'tls', settings });
  },
};

const virtual = (name: 'dvc' | 'svc', channel: 'dynamic' | 'static'): Way => ({
  name,
  meaning: `a ${channel} virtual channel, xrdp and xfreerdp`,
  peers: ['xrdp', 'xfreerdp', 'Xvfb'],
  isBareToo: channel === 'dynamic',
  open: async (open, accept) => {
    const runtimeFolder = await folderFor(open);
    const plugins = await listenForPlugins(join(runtimeFolder, 'plugin.sock'), accept);
    open.later(() => plugins.close());
    const [desktop, screen] = [await open.keep(startDesktop()), await open.keep(startScreen())];
    const addIn = buildPlugin('freerdp2');
    const client = await open.keep(startClient({ desktop, screen, addIn, channel, runtimeFolder }));
    const node = desktop.inside(process.execPath);
    return {
      start: (job) => {
        const words = JSON.stringify({ ...job, place: { kind: 'xrdp', channel } });
        return desktop.inSession([node, desktop.inside(program), words]);
      },
      clientPid: client.pid,
    };
  },
});

export const ways: readonly Way[] = [local, tls, virtual('dvc', 'dynamic'), virtual('svc', 'static')];
