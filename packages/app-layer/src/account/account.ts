/** Who signs in at the panel. */

export interface Account {
  user: string;
  displayName: string;
  /** Empty: user. */
  authUser: string;
  /** Held in memory and in the system's keyring only. */
  password: string;
  /** host:port; empty: that of the configuration. */
  server: string;
  /** "udp", "tcp", "tls" or "wss"; empty: that of the configuration, else DNS decides. */
  transport: string;
  /** To be signed in again at the next start. */
  keep: boolean;
}

/** Where an account is from one start to the next. Nothing of it rejects. */
export interface AccountMemory {
  /** Whether the password can be kept, too. */
  canKeep(): Promise<boolean>;
  keep(account: Account): Promise<void>;
  /** The password is empty where it could not be kept; null: nobody wanted to be remembered. */
  recall(): Promise<Account | null>;
  forget(): Promise<void>;
}

/** For those who have nowhere to keep it. */
export const noMemory: AccountMemory = {
  canKeep: async () => false,
  keep: async () => {},
  recall: async () => null,
  forget: async () => {},
};
