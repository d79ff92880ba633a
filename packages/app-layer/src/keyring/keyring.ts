/** Where the password of an agent who wants to be remembered is: in the system's own store of secrets. */
import { dataProtection } from './data-protection.ts';
import { keychain } from './keychain.ts';
import { secretService } from './secret-service.ts';

/** Nothing of it rejects, nor takes longer than its time limit: a locked one asks its user, who may be away. */
export interface Keyring {
  /** What it is called, for people. */
  readonly name: string;
  /** In place of what was kept for that account; whether it can be recalled now. */
  keep(account: string, secret: string): Promise<boolean>;
  /** Null: nothing is kept for it, or the keyring stays locked. */
  recall(account: string): Promise<string | null>;
  forget(account: string): Promise<void>;
}

export interface KeyringKind {
  platform: NodeJS.Platform;
  /** Null: there is none of this kind here. Does not reject. */
  open(): Promise<Keyring | null>;
}

const kinds: readonly KeyringKind[] = [secretService(), keychain(), dataProtection()];

/** Null: there is none here. Does not reject. */
export async function openKeyring(): Promise<Keyring | null> {
  for (const kind of kinds) {
    const keyring = kind.platform === process.platform ? await kind.open() : null;
    if (keyring) return keyring;
  }
  return null;
}
