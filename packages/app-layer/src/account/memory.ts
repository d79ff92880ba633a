/** Remembers who signed in: names in a file of the user's, the password in the system's keyring alone. */
import { failureOf } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { StateFile } from '@thinline/shared/state-file.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Account, AccountMemory } from './account.ts';

type Secrets = Pick<Keyring, 'keep' | 'recall' | 'forget'>;

/** Of the file. */
export const mostBytes = 8192;

export interface AccountMemoryOptions {
  file: StateFile;
  /** null: this system has none. */
  openKeyring(): Promise<Secrets | null>;
  log: Log;
}

export function makeAccountMemory({ file, openKeyring, log }: AccountMemoryOptions): AccountMemory {
  let opened: Promise<Secrets | null> | undefined;
  const keyring = () => {
    opened ??= openKeyring();
    return opened;
  };
  /** What doesn't work is said, and the agent goes on without. */
  const tried = async <Value>(otherwise: Value, what: string, work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      log.warning(`the account is not ${what}: ${failureOf(error).cause}`);
      return otherwise;
    }
  };
  const names = () => tried(null, 'read', async () => namesFrom(await file.read()));
  /** Each is done before the next begins: a keyring that is locked takes its time. */
  let last: Promise<void> = Promise.resolve();
  const afterThat = (next: () => Promise<void>): Promise<void> => {
    last = last.then(next, next);
    return last;
  };

  return {
    canKeep: async () => (await keyring()) !== null,
    keep: (account) =>
      afterThat(async () => {
        const { password, ...kept } = account;
        const before = await names();
        if (before && nameOf(before) !== nameOf(account)) await (await keyring())?.forget(nameOf(before));
        await tried(undefined, 'kept', () => file.write(JSON.stringify(kept)));
        const isKept = await (await keyring())?.keep(nameOf(account), password);
        if (isKept === false) log.warning('the password is not kept: the keyring stays locked, or refuses it');
      }),
    async recall() {
      const kept = await names();
      if (!kept) return null;
      const password = await (await keyring())?.recall(nameOf(kept));
      return { ...kept, password: password ?? '' };
    },
    forget: () =>
      afterThat(async () => {
        const kept = await names();
        await tried(undefined, 'forgotten', () => file.remove());
        if (kept) await (await keyring())?.forget(nameOf(kept));
      }),
  };
}

const nameOf = ({ user, server }: Pick<Account, 'user' | 'server'>): string => `${user}@${server}`;

const longest = 260;

/** null: it is none of ours. */
function namesFrom(text: string): Omit<Account, 'password'> | null {
  if (text === '') return null;
  const found: unknown = JSON.parse(text);
  const fields = new Map<string, unknown>(Object.entries(found ?? {}));
  const word = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value.slice(0, longest) : '';
  };
  if (word('user') === '') return null;
  return {
    user: word('user'),
    displayName: word('displayName'),
    authUser: word('authUser'),
    server: word('server'),
    transport: word('transport'),
    keep: true,
  };
}
