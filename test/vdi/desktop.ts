/**
 * A remote desktop made from nothing: xrdp, its session manager and a user of its own, in namespaces that end with the test.
 * Only there are our settings in /etc/xrdp and the user in /etc/passwd; the network is this machine's.
 */
import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../peers/ports.ts';
import { type Peer, type PeerOptions, startPeer } from '../peers/process.ts';
import { until } from '../peers/until.ts';
import { own } from '../peers/worker.ts';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');
const user = 'agent';
const password = 'desktop-Test-1';
/** Of nobody else, as far as Debian gives them out. */
const uid = 61_000 + own;

export interface Desktop {
  /** Of xrdp, on 127.0.0.1. */
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Where programs of the session may write. */
  readonly home: string;
  /** Where the session sees a file of the repository, or Node.js. */
  inside(path: string): string;
  /** Starts a program in the session of the user, once there is one: the first client that connects makes it. */
  inSession(command: readonly string[], options?: Pick<PeerOptions, 'env'>): Promise<Peer>;
  readonly log: string;
  stop(): Promise<void>;
}

export interface DesktopOptions {
  /** Static channels that xrdp lets through (section [Channels] of xrdp.ini); drdynvc carries the dynamic ones. */
  channels?: readonly string[];
}

/** Why there can be none on this machine, as a sentence; null when there can. */
export function desktopMissing(): string | null {
  return process.platform === 'linux' && process.getuid?.() === 0
    ? null
    : 'A remote desktop of its own needs Linux and root, for namespaces.';
}

const xrdpSettings = (port: number, channels: readonly string[]): string => `[Globals]
ini_version=1
fork=true
port=tcp://127.0.0.1:${port}
tcp_nodelay=true
tcp_keepalive=true
security_layer=negotiate
crypt_level=high
certificate=/etc/xrdp/cert.pem
key_file=/etc/xrdp/key.pem
ssl_protocols=TLSv1.2, TLSv1.3
autorun=Xorg
allow_channels=true
max_bpp=32
ls_logo_filename=
[Logging]
LogFile=/dev/null
EnableSyslog=false
EnableConsole=true
ConsoleLevel=INFO
[Channels]
${channels.map((name) => `${name}=true\n`).join('')}[Xorg]
name=Xorg
lib=libxup.so
username=ask
password=ask
ip=127.0.0.1
port=-1
code=20
`;

const sessionSettings = (port: number, manager: string): string => `[Globals]
ListenAddress=127.0.0.1
ListenPort=${port}
EnableUserWindowManager=false
DefaultWindowManager=${manager}
ReconnectScript=/bin/true
[Security]
AllowRootLogin=false
AlwaysGroupCheck=false
[Sessions]
X11DisplayOffset=${100 + own}
MaxSessions=5
KillDisconnected=false
DisconnectedTimeLimit=0
IdleTimeLimit=0
Policy=Default
[Logging]
LogFile=/dev/null
EnableSyslog=false
EnableConsole=true
ConsoleLevel=INFO
[Xorg]
param=/usr/lib/xorg/Xorg
param=-config
param=xrdp/xorg.conf
param=-noreset
param=-nolisten
param=tcp
param=-logfile
param=/dev/null
[Chansrv]
EnableFuseMount=false
[ChansrvLogging]
LogLevel=INFO
EnableSyslog=false
`;

/** A desktop of nothing at all: it tells what programs of the session need, and stays. */
const managerScript = `#!/bin/sh
env -0 >"$HOME/session.new" && mv "$HOME/session.new" "$HOME/session"
exec sleep infinity
`;

/**
 * The first process of the namespaces; $0 is our folder, $1 the repository. All the others end with it. /tmp is a folder of
 * ours too, as X leaves files there when it is killed; what we have in it stays where it is.
 */
const initScript = `
mount --bind "$1" "$0/repository"
mkdir -m 1777 "$0/tmp"
case "$0" in /tmp/*)
  mkdir "$0/tmp/\${0#/tmp/}"
  mount --rbind "$0" "$0/tmp/\${0#/tmp/}"
esac
mount --rbind "$0/tmp" /tmp
mount --bind "$0/etc" /etc/xrdp
for name in passwd shadow group; do mount --bind "$0/$name" "/etc/$name"; done
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/xrdp/sockdir
chmod 3777 /run/xrdp/sockdir
read pid rest </proc/self/stat
echo "desktop $pid"
xrdp-sesman -n -c /etc/xrdp/sesman.ini &
xrdp -n -c /etc/xrdp/xrdp.ini &
wait
`;

async function writeSettings(folder: string, port: number, sessionPort: number, channels: readonly string[]) {
  const etc = join(folder, 'etc');
  await mkdir(etc);
  for (const file of await readdir('/etc/xrdp')) {
    if (file.endsWith('.ini')) await copyFile(join('/etc/xrdp', file), join(etc, file));
  }
  const manager = join(folder, 'manager.sh');
  await writeFile(manager, managerScript);
  await chmod(manager, 0o755);
  await writeFile(join(etc, 'xrdp.ini'), xrdpSettings(port, channels));
  await writeFile(join(etc, 'sesman.ini'), sessionSettings(sessionPort, manager));
  const subject = ['-subj', '/CN=localhost', '-days', '2'];
  const files = ['-keyout', join(etc, 'key.pem'), '-out', join(etc, 'cert.pem')];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files]);
}

/** The machine's users and one more, who alone has a password. */
async function writeUser(folder: string, home: string): Promise<void> {
  const hash = (await run('openssl', ['passwd', '-6', password])).stdout.trim();
  const [users, groups] = await Promise.all([readFile('/etc/passwd', 'utf8'), readFile('/etc/group', 'utf8')]);
  await writeFile(join(folder, 'passwd'), `${users}${user}:x:${uid}:${uid}::${home}:/bin/sh\n`);
  await writeFile(join(folder, 'group'), `${groups}${user}:x:${uid}:\n`);
  await writeFile(join(folder, 'shadow'), `${user}:${hash}:19000:0:99999:7:::\n`, { mode: 0o600 });
  await mkdir(home, { mode: 0o700 });
  await chown(home, uid, uid);
}

/** By what the system says: sesman has 127.0.0.1 or ::1, as it finds them, and xrdp takes each connection for a client. */
async function listens(port: number): Promise<boolean> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const listening = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A `);
  return tables.some((table) => listening.test(table));
}

export async function startDesktop({ channels = ['drdynvc', 'THNLINE'] }: DesktopOptions = {}): Promise<Desktop> {
  const missing = desktopMissing();
  if (missing) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'thinline-desktop-'));
  const home = join(folder, 'home');
  const repositoryInside = join(folder, 'repository');
  const [port, sessionPort] = [await freePort(), await freePort()];
  await chmod(folder, 0o755);
  await mkdir(repositoryInside);
  await writeSettings(folder, port, sessionPort, channels);
  await writeUser(folder, home);

  const namespaces = ['--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child'];
  const peer = await startPeer('unshare', [...namespaces, 'sh', '-ec', initScript, folder, repository]);
  const stop = async (): Promise<void> => {
    // The first process of a namespace takes no SIGTERM; it is killed when unshare ends.
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const up = async (): Promise<string> => {
    const [, pid = ''] = await peer.waitForLine(/^desktop (\d+)/);
    await until('xrdp and sesman listen', async () => (await listens(port)) && (await listens(sessionPort)));
    return pid;
  };
  const first = await up().catch(async (cause: unknown) => {
    await stop();
    throw new Error(`${String(cause)}\n${peer.output}`);
  });

  const sessionFile = join(home, 'session');
  const environment = async (): Promise<string[]> => {
    await until('there is a session', () => readFile(sessionFile).then(Boolean, () => false));
    const text = await readFile(sessionFile, 'utf8');
    return text.split('\0').filter((it) => it !== '');
  };

  return {
    port,
    user,
    password,
    home,
    inside: (path) => (path.startsWith(`${repository}/`) ? join(repositoryInside, relative(repository, path)) : path),
    async inSession(command, { env = {} } = {}) {
      const enter = [`--mount=/proc/${first}/ns/mnt`, `--wd=${home}`];
      const become = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--pdeathsig', 'KILL'];
      const more = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      return startPeer('nsenter', [...enter, ...become, 'env', '-i', ...(await environment()), ...more, ...command]);
    },
    get log() {
      return peer.output;
    },
    stop,
  };
}
