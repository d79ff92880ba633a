/**
 * Two hosts joined by a bad link: network namespaces, and a program of its own that is the wire between them (kernels
 * without netem have no other). Host a is 10.77.0.1, host b 10.77.0.2; no other host is reachable from them.
 */
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPeer } from './process.ts';
import { until } from './until.ts';

const run = promisify(execFile);

const impairSource = (): string =>
  process.env.THINLINE_IMPAIR ?? join(import.meta.dirname, '../../../shared/tools/impair.c');

const canExecute = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};

/** Why there can be no bad link on this machine, as a sentence; null when there can. */
export function namespacesMissing(): string | null {
  const need = (what: string): string => `Two hosts with a bad link between them need ${what}.`;
  if (process.getuid?.() !== 0) return need('root, for network namespaces');
  if (!existsSync(impairSource()))
    return need(`impair.c, which is not at ${impairSource()} (THINLINE_IMPAIR says where)`);
  if (!canExecute('ip')) return need('the program ip (package iproute2)');
  if (!canExecute('cc')) return need('a C compiler');
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
  } catch {
    return need('/dev/net/tun');
  }
  return null;
}

/** Of each direction. */
export interface LinkQuality {
  /** One way, ms. */
  delay: number;
  /** More delay, uniform from 0, ms. */
  jitter: number;
  /** Percent. */
  loss: number;
  /** Mean length of a loss, in packets. */
  burst: number;
}

/** Every port of it is free; files and processes are those of this machine. */
export interface Host {
  readonly address: string;
  /** Starts a program there. */
  start: typeof startPeer;
  /** Runs a program there to its end: its standard output; rejects when it fails. */
  exec(argv: readonly string[]): Promise<string>;
}

export interface BadLink {
  readonly a: Host;
  readonly b: Host;
  /** Changes the link from now on. */
  change(quality: Partial<LinkQuality>): Promise<void>;
  /** Pulls the cable, and plugs it in again. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Resolves with the line that says how many packets were carried and lost. */
  stop(): Promise<string>;
}

/**
 * What to run for a program that finds this file as its /etc/resolv.conf, here or ("ip netns exec" gives a program mounts
 * of its own) in a network namespace. Needs root.
 */
export function withResolver(file: string, argv: readonly string[], inNamespace = false): [string, string[]] {
  const script = ['sh', '-c', 'mount --bind "$0" /etc/resolv.conf && exec "$@"', file, ...argv];
  return inNamespace ? ['sh', script.slice(1)] : ['unshare', ['--mount', '--propagation', 'slave', ...script]];
}

let links = 0;

/**
 * resolver: the address of the DNS server that programs there ask. Rejects with the sentence of namespacesMissing where
 * it can't be done.
 */
export async function startBadLink(
  options: Partial<LinkQuality> & { seed?: number; keepOrder?: boolean; udpOnly?: boolean; resolver?: string } = {},
): Promise<BadLink> {
  const missing = namespacesMissing();
  if (missing) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'thinline-link-'));
  const program = join(folder, 'impair');
  const control = join(folder, 'control');
  const settings = join(folder, 'resolv.conf');
  const id = `${process.pid}-${++links}`;
  const names = { a: `tl-a-${id}`, b: `tl-b-${id}` };
  const { seed = 1, keepOrder = false, udpOnly = false, resolver = '', ...quality } = options;
  const args = [
    ...['--a', names.a, '--b', names.b, '--control', control, '--seed', String(seed)],
    ...Object.entries(quality).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...(keepOrder ? ['--keep-order'] : []),
    ...(udpOnly ? ['--udp-only'] : []),
  ];
  await run('cc', ['-O2', '-o', program, impairSource()]);
  await run('mkfifo', [control]);
  if (resolver !== '') await writeFile(settings, `nameserver ${resolver}\noptions timeout:1 attempts:2\n`);
  const wire = await startPeer(program, args, { deathSignal: 'SIGTERM' });

  const host = (address: string, name: string): Host => {
    const inside = (argv: readonly string[]): string[] => [
      ...['netns', 'exec', name],
      ...(resolver === '' ? argv : withResolver(settings, argv, true).flat()),
    ];
    return {
      address,
      start: (file, argv, peerOptions) => startPeer('ip', inside([file, ...argv]), peerOptions),
      exec: async (argv) => (await run('ip', inside(argv), { timeout: 30_000 })).stdout,
    };
  };
  const a = host('10.77.0.1', names.a);
  const b = host('10.77.0.2', names.b);
  const tell = (lines: string): Promise<void> => writeFile(control, lines, { flag: 'a' });
  const stop = async (): Promise<string> => {
    await wire.stop();
    // Where the wire was killed, it could not take its hosts down.
    for (const name of Object.values(names)) await run('ip', ['netns', 'del', name]).catch(() => {});
    await rm(folder, { recursive: true, force: true });
    return wire.output.split('\n').find((line) => line.startsWith('impair:')) ?? '';
  };

  try {
    const hasRoute = async (it: Host): Promise<boolean> =>
      it.exec(['ip', 'route', 'show', 'default']).then(
        (text) => text !== '',
        () => false,
      );
    await until('the link between the hosts is up', async () => (await hasRoute(a)) && (await hasRoute(b)));
  } catch (cause) {
    await stop();
    throw new Error(`${String(cause)}\n${wire.output}`);
  }
  return {
    a,
    b,
    change: (change) =>
      tell(
        Object.entries(change)
          .map(([name, value]) => `${name} ${value}\n`)
          .join(''),
      ),
    down: () => tell('down\n'),
    up: () => tell('up\n'),
    stop,
  };
}
