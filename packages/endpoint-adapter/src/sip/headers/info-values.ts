/** Values of Alert-Info and Call-Info (RFC 3261 §20.4, §20.9), and the bare words that servers write in their place. */
import type { Parameters } from '../message/parameters.ts';
import { listOf, readLenientParameters } from './values.ts';

export interface InfoValue {
  /** With or without angle brackets there; '' where there is none. */
  uri: string;
  /** Instead of a URI: "Auto Answer"; '' where there are none. */
  words: string;
  parameters: Parameters;
}

const MAX_VALUES = 32;

function readInfoValue(item: string): InfoValue {
  if (item.startsWith('<')) {
    const close = item.indexOf('>');
    const end = close < 0 ? item.length : close;
    return { uri: item.slice(1, end).trim(), words: '', parameters: readLenientParameters(item.slice(end + 1)) };
  }
  const semicolon = item.indexOf(';');
  const end = semicolon < 0 ? item.length : semicolon;
  const first = item.slice(0, end).trim().replace(/^"/, '').replace(/"$/, '');
  if (/^[a-z][a-z0-9+.-]{0,31}:/i.test(first))
    return { uri: first, words: '', parameters: readLenientParameters(item.slice(end)) };
  if (first.includes('=')) return { uri: '', words: '', parameters: readLenientParameters(`;${item}`) };
  return { uri: '', words: first, parameters: readLenientParameters(item.slice(end)) };
}

export const readInfoValues = (values: readonly string[]): InfoValue[] => listOf(values, MAX_VALUES).map(readInfoValue);
