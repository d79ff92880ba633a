/** Reason: why a request was sent (RFC 3326). */
import { quote } from '../message/lexical.ts';
import { listOf, readNumber, readTokenValue } from './values.ts';

export interface Reason {
  /** "SIP", "Q.850". */
  protocol: string;
  /** 0: not said. */
  cause: number;
  text: string;
}

const MAX_REASONS = 8;
const MAX_TEXT = 256;

export function readReasons(values: readonly string[]): Reason[] {
  return listOf(values, MAX_REASONS)
    .map(readTokenValue)
    .filter((value) => value !== null)
    .map(({ token, parameters }) => ({
      protocol: token.toUpperCase(),
      cause: readNumber(parameters.get('cause') ?? '') ?? 0,
      text: (parameters.get('text') ?? '').slice(0, MAX_TEXT),
    }));
}

export const writeReason = ({ protocol, cause, text }: Reason): string =>
  `${protocol}${cause > 0 ? `;cause=${cause}` : ''}${text === '' ? '' : `;text=${quote(text)}`}`;
