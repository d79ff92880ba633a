/** Identifiers that must not be guessed (RFC 3261 §8.1.1.4, §8.1.1.7, §19.3): from the system's random numbers only. */
import { randomBytes } from 'node:crypto';

const token = (bytes: number): string => randomBytes(bytes).toString('hex');

export const newCallId = (): string => token(16);
export const newTag = (): string => token(8);
export const newCnonce = (): string => token(8);

/** RFC 3261 §8.1.1.7: what every branch of this RFC begins with. */
export const magicCookie = 'z9hG4bK';

export const newBranch = (): string => magicCookie + token(16);
