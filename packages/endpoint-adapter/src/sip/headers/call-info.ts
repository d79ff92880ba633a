/** Call-Info of shared lines: which of a line's appearances is in which state. */
import { type InfoValue, readInfoValues } from './info-values.ts';
import { readNumber } from './values.ts';

const appearanceStates = ['idle', 'seized', 'progressing', 'alerting', 'active', 'held'] as const;
export type AppearanceState = (typeof appearanceStates)[number];

export interface Appearance {
  /** From 1; '*': all that the list doesn't name. */
  index: number | '*';
  /** null: not said, as in a request for an appearance. */
  state: AppearanceState | null;
  uri: string;
}

const MAX_INDEX = 255;

function readAppearance({ uri, parameters }: InfoValue): Appearance | null {
  const text = parameters.get('appearance-index') ?? '';
  const number = readNumber(text) ?? 0;
  const index = text === '*' ? text : number;
  if (index === 0 || number > MAX_INDEX) return null;
  const word = parameters.get('appearance-state')?.toLowerCase();
  return { index, state: appearanceStates.find((state) => state === word) ?? null, uri };
}

export const readAppearances = (values: readonly string[]): Appearance[] =>
  readInfoValues(values)
    .map(readAppearance)
    .filter((appearance) => appearance !== null);

export function writeAppearance({ index, state, uri }: Appearance): string {
  return `<${uri}>;appearance-index=${index}${state ? `;appearance-state=${state}` : ''}`;
}
