/** Keeping a password: in a real keyring of this system, and by programs that stand in for those of the others. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataProtection } from '@thinline/app-layer/keyring/data-protection.ts';
import { keychain } from '@thinline/app-layer/keyring/keychain.ts';
import { type Keyring, type KeyringKind, openKeyring } from '@thinline/app-layer/keyring/keyring.ts';
import { secretService } from '@thinline/app-layer/keyring/secret-service.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Peer, startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';

const secret = 'correct "horse"\n$(battery) \\stäple';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-keyring-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(kind: Pick<KeyringKind, 'open'>): Promise<Keyring> {
  return (await kind.open()) ?? expect.fail('there is no keyring');
}

/** All that was written below there. */
const writtenBelow = (root: string): string =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');

/** As text, and in the two ways that it may be encoded on its way. */
const spellings = ['battery', 'stäple', Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')];

async function keepsAndForgets(keyring: Keyring): Promise<void> {
  expect(await keyring.recall('ann@sip.example.com')).toBeNull();
  expect(await keyring.keep('ann@sip.example.com', 'another')).toBe(true);
  expect(await keyring.keep('ann@sip.example.com', secret)).toBe(true);
  expect(await keyring.keep('--Jörg & Söhne', '0')).toBe(true);
  expect(await keyring.recall('ann@sip.example.com')).toBe(secret);
  expect(await keyring.recall('--Jörg & Söhne')).toBe('0');
  expect(await keyring.recall('ann')).toBeNull();
  await keyring.forget('ann@sip.example.com');
  await keyring.forget('nobody');
  expect(await keyring.recall('ann@sip.example.com')).toBeNull();
  expect(await keyring.recall('--Jörg & Söhne')).toBe('0');
  expect(await keyring.keep('ann', '')).toBe(false);
  expect(await keyring.keep('ann', 'x'.repeat(1025))).toBe(false);
}

describe.skipIf(!hasPeers('secret-tool', 'gnome-keyring-daemon', 'dbus-run-session'))('a real GNOME Keyring', () => {
  let home = '';
  let session: Peer;
  /** A pipe that the session lives for. */
  let end = -1;
  let address = '';

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'thinline-keyring-home-'));
    const env = {
      HOME: home,
      XDG_RUNTIME_DIR: join(home, 'run'),
      XDG_DATA_HOME: join(home, 'data'),
      // Nobody is there to unlock anything.
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
    };
    mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
    execFileSync('mkfifo', [join(home, 'end')]);
    end = openSync(join(home, 'end'), 'r+');
    const script = [
      'printf "the password of the login" | gnome-keyring-daemon --unlock --components=secrets >/dev/null',
      'echo "bus $DBUS_SESSION_BUS_ADDRESS"',
      // Until nobody holds the other end any more: dbus-run-session ends the bus with this, and not with itself.
      'read -r _ <"$HOME/end"',
    ].join('\n');
    session = await startPeer('dbus-run-session', ['--', 'sh', '-c', script], { env });
    [, address = ''] = await session.waitForLine(/^bus (.+)$/);
  });
  afterAll(async () => {
    if (end >= 0) closeSync(end);
    await session.exited;
    rmSync(home, { recursive: true, force: true });
  });
  beforeEach(() => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
  });

  test('keeps, recalls and forgets', async () => {
    await keepsAndForgets(await opened({ open: openKeyring }));
  });

  test('has it encrypted', async () => {
    const keyring = await opened({ open: openKeyring });
    expect(await keyring.keep('bob', secret)).toBe(true);
    const written = writtenBelow(home);
    expect(written).toContain('login.keyring');
    for (const spelling of spellings) expect(written).not.toContain(spelling);
  });

  test('gives nothing away while it is locked, and says so in time', async () => {
    const keyring = await opened({ open: openKeyring });
    expect(await keyring.keep('cleo', secret)).toBe(true);
    const lock = await startPeer('dbus-send', [
      ...['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets'],
      ...['org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login'],
    ]);
    expect((await lock.exited).code).toBe(0);
    expect(await keyring.recall('cleo')).toBeNull();
  });
});

test('without a session bus there is no keyring', async () => {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${join(folder, 'none')}`);
  expect(await secretService().open()).toBeNull();
});

test('nor is there one without the program', async () => {
  const program = join(folder, 'none');
  expect(await secretService(program).open()).toBeNull();
  expect(await keychain(program).open()).toBeNull();
  expect(await dataProtection({ program, folder }).open()).toBeNull();
});

/** A program that records how it was called, as others on the machine see it, and then does this. */
function standIn(name: string, body: string): string {
  const program = join(folder, name);
  const record = [
    '#!/bin/sh',
    'here=$(dirname "$0")',
    'tr "\\0" " " </proc/$$/cmdline >>"$here/seen"; env >>"$here/seen"',
  ];
  writeFileSync(program, [...record, body, ''].join('\n'));
  chmodSync(program, 0o755);
  return program;
}

describe.skipIf(process.platform !== 'linux')('programs that stand in', () => {
  const kinds: Record<string, () => KeyringKind> = {
    'secret-tool': () =>
      secretService(
        standIn(
          'secret-tool',
          [
            'for last; do :; done',
            'file="$here/item.$last"',
            'case "$1" in',
            'store) cat >"$file" ;;',
            'lookup) cat "$file" 2>/dev/null ;;',
            'clear) rm "$file" 2>/dev/null ;;',
            'esac',
          ].join('\n'),
        ),
      ),
    security: () =>
      keychain(
        standIn(
          'security',
          [
            'case "$1" in',
            // add-generic-password -U -s Thinline -a ACCOUNT -w PASSWORD
            '-i) read -r line; set -- $line; [ "$1 $2 $3 $5 $7" = "add-generic-password -U -s -a -w" ] && echo "$8" >"$here/item.$6" ;;',
            'find-generic-password) cat "$here/item.$5" 2>/dev/null || exit 44 ;;',
            'delete-generic-password) rm "$here/item.$5" 2>/dev/null || exit 44 ;;',
            'esac',
          ].join('\n'),
        ),
      ),
    powershell: () =>
      dataProtection({
        program: standIn(
          'powershell',
          [
            'for last; do :; done',
            'read -r line',
            'case "$(printf %s "$last" | base64 -d | tr -d "\\0")" in',
            '*::Protect*) printf "sealed %s" "$line" | base64 -w0 ;;',
            '*::Unprotect*) printf %s "$line" | base64 -d | cut -c8- | tr -d "\\n" ;;',
            'esac',
          ].join('\n'),
        ),
        folder: join(folder, 'kept'),
      }),
  };

  for (const [name, kind] of Object.entries(kinds)) {
    test(`${name}: keeps, recalls and forgets`, async () => {
      await keepsAndForgets(await opened(kind()));
    });

    test(`${name}: the secret is in no command line and no environment`, async () => {
      const keyring = await opened(kind());
      await keyring.keep('ann', secret);
      expect(await keyring.recall('ann')).toBe(secret);
      await keyring.forget('ann');
      const seen = readFileSync(join(folder, 'seen'), 'utf8');
      expect(seen).toContain(name === 'powershell' ? 'EncodedCommand' : 'ann');
      for (const spelling of spellings) expect(seen).not.toContain(spelling);
    });
  }

  test("DPAPI's files are this user's alone, and are gone when it is forgotten", async () => {
    const kept = join(folder, 'kept');
    const keyring = await opened(kinds.powershell?.() ?? expect.fail());
    expect(existsSync(kept)).toBe(false);
    await keyring.keep('ann', secret);
    const files = readdirSync(kept);
    expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.dpapi$/)]);
    for (const spelling of spellings) expect(writtenBelow(kept)).not.toContain(spelling);
    await keyring.forget('ann');
    expect(readdirSync(kept)).toEqual([]);
  });

  test('one that fails keeps nothing, and one that babbles recalls nothing', async () => {
    const failing = standIn('failing', '[ "$1" = lookup ] && exit 1; exit 3');
    const keyring = await opened(secretService(failing));
    expect(await keyring.keep('ann', secret)).toBe(false);
    writeFileSync(failing, '#!/bin/sh\nyes\n');
    expect(await keyring.recall('ann')).toBeNull();
  });
});
