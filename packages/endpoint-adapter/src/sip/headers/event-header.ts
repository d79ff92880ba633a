/** Event: which package a subscription is for, and which of several (RFC 6665 §8.2.1). */
import { readTokenValue } from './values.ts';

export interface EventName {
  /** Lower case: some servers write "Talk". */
  name: string;
  /** '' where there is none. */
  id: string;
}

export function readEvent(value: string): EventName | null {
  const read = readTokenValue(value);
  return read && { name: read.token.toLowerCase(), id: read.parameters.get('id') ?? '' };
}

export const writeEvent = ({ name, id }: EventName): string => `${name}${id === '' ? '' : `;id=${id}`}`;
