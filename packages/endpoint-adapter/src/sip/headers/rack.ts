/** RSeq and RAck, which number reliable provisional responses (RFC 3262 §7). */
import { isToken } from '../message/lexical.ts';
import { readNumber } from './values.ts';

export interface RAck {
  rseq: number;
  /** CSeq of the response that is acknowledged. */
  sequence: number;
  method: string;
}

/** RFC 3262 §7.1: from 1 to 2³² − 1; null for anything else. */
export const readRSeq = (value: string): number | null => readNumber(value.trim()) || null;

export function readRAck(value: string): RAck | null {
  const [rseqText = '', sequenceText = '', method = '', more] = value.trim().split(/[ \t]+/, 4);
  const rseq = readRSeq(rseqText);
  const sequence = readNumber(sequenceText);
  return rseq === null || sequence === null || !isToken(method) || more !== undefined
    ? null
    : { rseq, sequence, method };
}

export const writeRAck = ({ rseq, sequence, method }: RAck): string => `${rseq} ${sequence} ${method}`;
