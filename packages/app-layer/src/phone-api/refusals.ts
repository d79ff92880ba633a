/** What the API may answer, for its description. */
import type { Schema } from '../panel/command-table.ts';

const words = {
  400: 'The request is malformed.',
  401: 'The secret is missing or wrong.',
  403: 'This page, program or configuration may not do it.',
  404: 'There is no such call.',
  409: 'The phone refuses it: the failure says why, and what to do.',
  429: 'Too many requests.',
  503: 'The phone cannot be reached, or has too many listeners.',
} as const;

/** What the connector's door may answer to anything. */
const atTheDoor = [401, 403, 429] as const;

/** By status; those of the door are always among them. */
export const refusals = (...statuses: readonly (keyof typeof words)[]): Record<number, Schema> =>
  Object.fromEntries(
    [...atTheDoor, ...statuses].map((it) => [it, { description: words[it], $ref: '#/components/schemas/Refusal' }]),
  );
