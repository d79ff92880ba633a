/** A Debian 11 of its own to install in: older than what packages are built on, and as bare as a thin client. */
import { type ExecFileException, execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Peer, type PeerOptions, startPeer } from '../peers/process.ts';

const kept = join(import.meta.dirname, '../../build/chroot/debian-11');

/** null, or why there is none, in a clause. */
export function whyNoChroot(): string | null {
  if (process.getuid?.() !== 0) return 'only root can have one';
  if (existsSync('/usr/sbin/debootstrap') || existsSync(kept)) return null;
  return 'debootstrap is not installed';
}

/** Its folder; made once, from the mirror of Debian. */
export function debianFolder(): string {
  if (existsSync(join(kept, 'usr/bin/dpkg')) && !existsSync(join(kept, 'debootstrap'))) return kept;
  const part = `${kept}.part`;
  if (existsSync(part)) rmSync(part, { recursive: true });
  mkdirSync(dirname(kept), { recursive: true });
  const words = ['--variant=minbase', '--include=libstdc++6', 'bullseye', part, 'http://deb.debian.org/debian'];
  execFileSync('/usr/sbin/debootstrap', words, { stdio: 'pipe', maxBuffer: 1 << 26 });
  renameSync(part, kept);
  return kept;
}

/** Mounts live in a namespace that ends with the process. This machine's /tmp is its /tmp. */
const inside = [
  '--mount',
  '--propagation',
  'private',
  'sh',
  '-c',
  'root=$1; shift; mount -t proc proc "$root/proc"; mount --bind /dev "$root/dev"; mount --bind /tmp "$root/tmp"; exec chroot "$root" "$@"',
  'sh',
];

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export function runIn(root: string, words: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const options = {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: '/root', ...env },
    timeout: 240_000,
  };
  return promisify(execFile)('unshare', [...inside, root, ...words], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: ExecFileException & { stdout?: string; stderr?: string }) => ({
      code: typeof error.code === 'number' ? error.code : -1,
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? error.message,
    }),
  );
}

export const startIn = (root: string, words: readonly string[], options?: PeerOptions): Promise<Peer> =>
  startPeer('unshare', [...inside, root, ...words], options);

/** Every path, but for what dpkg itself keeps and logs. */
export function pathsIn(root: string): string[] {
  const isDpkgs = (path: string): boolean => /^(var\/(lib\/dpkg|log|cache)|proc|dev|tmp|sys)(\/|$)/.test(path);
  const found: string[] = [];
  const look = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (isDpkgs(path)) continue;
      found.push(path);
      if (entry.isDirectory()) look(path);
    }
  };
  look('.');
  return found.sort();
}
