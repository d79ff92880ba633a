/** What proves that connectivity checks belong to a session (RFC 8445 §5.3). */
import { randomBytes } from 'node:crypto';
import type { IceCredentials } from '../stream-settings.ts';

/** RFC 8839 §5.4: at least 24 bits and 128 bits; base64's alphabet is that of ice-char. */
export const newCredentials = (): IceCredentials => ({
  ufrag: randomBytes(6).toString('base64').slice(0, 8),
  password: randomBytes(18).toString('base64'),
});

export const sameCredentials = (a: IceCredentials, b: IceCredentials): boolean =>
  a.ufrag === b.ufrag && a.password === b.password;
