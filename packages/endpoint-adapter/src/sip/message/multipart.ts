/** The bodies of a message: one, or those inside multipart bodies (RFC 5621 §3, RFC 2046 §5.1). */
import { skipSpace, skipToken } from './lexical.ts';
import { type HeaderField, readFields } from './message.ts';
import { noParameters, type Parameters, readParameters } from './parameters.ts';

export interface BodyPart {
  /** Lower case, "application/sdp"; '' where it isn't said, or malformed. */
  type: string;
  parameters: Parameters;
  content: string;
  /** The part's own; none for a message's only body. */
  fields: readonly HeaderField[];
}

/** Of all bodies together; what comes beyond is left away. */
const MAX_PARTS = 16;
/** A multipart body inside more of them is one part that nobody understands. */
const MAX_DEPTH = 3;
const MAX_BOUNDARY = 70;

/** Content-Type; null where it is malformed. */
export function readMediaType(value: string): { type: string; parameters: Parameters } | null {
  const start = skipSpace(value, 0);
  const typeEnd = skipToken(value, start);
  const slash = skipSpace(value, typeEnd);
  const subtypeStart = skipSpace(value, slash + 1);
  const end = skipToken(value, subtypeStart);
  if (typeEnd === start || value[slash] !== '/' || end === subtypeStart) return null;
  const parameters = readParameters(value.slice(end));
  const type = `${value.slice(start, typeEnd)}/${value.slice(subtypeStart, end)}`.toLowerCase();
  return parameters && { type, parameters };
}

/** Where the next delimiter begins and ends, with the line ends around it; null: none is left. */
function nextDelimiter(
  body: string,
  delimiter: string,
  from: number,
): { start: number; end: number; last: boolean } | null {
  for (let at = body.indexOf(delimiter, from); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== '\n') continue;
    const after = at + delimiter.length;
    const last = body.startsWith('--', after);
    const lineEnd = body.indexOf('\n', after);
    const end = lineEnd < 0 ? body.length : lineEnd + 1;
    if (!last && body.slice(after, end).trim() !== '') continue;
    const start = at - (body.endsWith('\r\n', at) ? 2 : Math.min(at, 1));
    return { start, end, last };
  }
  return null;
}

/** A body without its last delimiter is taken as far as it goes. */
function splitParts(body: string, boundary: string): string[] {
  const parts: string[] = [];
  const delimiter = `--${boundary}`;
  let open = nextDelimiter(body, delimiter, 0);
  while (open && !open.last && parts.length < MAX_PARTS) {
    const next = nextDelimiter(body, delimiter, open.end);
    parts.push(body.slice(open.end, next ? Math.max(next.start, open.end) : body.length));
    open = next;
  }
  return parts;
}

/** A part that begins with an empty line has no fields. */
function splitPart(part: string): { fields: HeaderField[]; content: string } {
  const empty = /^\r?\n/.exec(part);
  if (empty) return { fields: [], content: part.slice(empty[0].length) };
  const end = /\r?\n\r?\n/.exec(part);
  if (!end) return { fields: [], content: part };
  const head = part.slice(0, end.index).replace(/\r?\n/g, '\r\n');
  return { fields: readFields(head) ?? [], content: part.slice(end.index + end[0].length) };
}

function read(contentType: string, content: string, fields: readonly HeaderField[], depth: number): BodyPart[] {
  const { type, parameters } = readMediaType(contentType) ?? { type: '', parameters: noParameters };
  const boundary = type.startsWith('multipart/') ? (parameters.get('boundary') ?? '') : '';
  if (boundary === '' || boundary.length > MAX_BOUNDARY || depth === MAX_DEPTH)
    return [{ type, parameters, content, fields }];
  return splitParts(content, boundary).flatMap((text) => {
    const part = splitPart(text);
    const partType = part.fields.find(({ name }) => name === 'content-type')?.value ?? 'text/plain';
    return read(partType, part.content, part.fields, depth + 1);
  });
}

/** In their order, those of nested multipart bodies in place; none for an empty body. Alternatives are for the reader to choose from. */
export const readBodies = (contentType: string, body: string): BodyPart[] =>
  body === '' ? [] : read(contentType, body, [], 0).slice(0, MAX_PARTS);
