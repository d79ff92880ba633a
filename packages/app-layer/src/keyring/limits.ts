/** What every keyring keeps to. */

/** ms; the user may have to unlock it. */
export const keepLimit = 30_000;
/** ms; the phone waits for it when it starts. */
export const recallLimit = 5000;
/** ms */
export const forgetLimit = 5000;

const longestAccount = 256;
const longestSecret = 1024;

export const isKeepable = (account: string, secret: string): boolean =>
  account.length <= longestAccount && secret !== '' && secret.length <= longestSecret;

/** The name of the account as command lines and every locale take it. Different accounts have different names. */
export const plainName = (account: string): string =>
  Buffer.from(account.slice(0, longestAccount))
    .toString('latin1')
    .replace(/[^A-Za-z0-9.@_:]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
