/** SDP (RFC 8866) as text: what each line says, without judging it. */

export interface Attribute {
  name: string;
  /** Empty for one that is a word alone. */
  value: string;
}

export interface MediaSection {
  type: string;
  port: number;
  protocol: string;
  formats: string;
  /** Of its c= line, else of the session's; empty: there is none. */
  address: string;
  attributes: Attribute[];
}

export interface SessionText {
  attributes: Attribute[];
  media: MediaSection[];
}

const longestText = 16_384;
const mostMediaLines = 32;

/** Null for what is longer than 16 KiB, or has an m-line that can't be read: it couldn't be mirrored in an answer. */
export function readText(text: string): SessionText | null {
  if (text.length > longestText) return null;
  const session: SessionText = { attributes: [], media: [] };
  let sessionAddress = '';
  let section: MediaSection | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const value = line.slice(2);
    if (line.startsWith('m=')) {
      section = readMediaLine(value, sessionAddress);
      if (!section || session.media.length === mostMediaLines) return null;
      session.media.push(section);
    } else if (line.startsWith('c=')) {
      const address = /^IN IP[46] ([^\s/]+)/.exec(value)?.[1] ?? '';
      if (section) section.address = address;
      else sessionAddress = address;
    } else if (line.startsWith('a=')) (section ?? session).attributes.push(readAttribute(value));
  }
  return session;
}

function readMediaLine(text: string, address: string): MediaSection | null {
  const [, type, port, protocol, formats = ''] =
    /^([\w-]{1,32}) (\d{1,9})(?:\/\d+)? ([\w/-]{1,64})((?: +[\x21-\x7e]{1,64})*) *$/.exec(text) ?? [];
  if (type === undefined || protocol === undefined) return null;
  return { type, port: Number(port), protocol, formats: formats.trim(), address, attributes: [] };
}

function readAttribute(text: string): Attribute {
  const colon = text.indexOf(':');
  return colon < 0
    ? { name: text.trim(), value: '' }
    : { name: text.slice(0, colon), value: text.slice(colon + 1).trim() };
}

/** Of the m-line where it has one, else of the session. */
export const attributeOf = (
  name: string,
  ...places: readonly { attributes: readonly Attribute[] }[]
): string | null => {
  for (const { attributes } of places) {
    const found = attributes.find((it) => it.name === name);
    if (found) return found.value;
  }
  return null;
};

export const attributesOf = (name: string, place: { attributes: readonly Attribute[] }): string[] =>
  place.attributes.filter((it) => it.name === name).map((it) => it.value);

export interface Origin {
  address: string;
  sessionId: number;
  version: number;
}

export function writeText(origin: Origin, session: SessionText): string {
  const { address, sessionId, version } = origin;
  const place = `IN IP${address.includes(':') ? 6 : 4} ${address}`;
  const lines = ['v=0', `o=- ${sessionId} ${version} ${place}`, 's=-', `c=${place}`, 't=0 0'];
  lines.push(...session.attributes.map(writeAttribute));
  for (const it of session.media) {
    lines.push(`m=${it.type} ${it.port} ${it.protocol} ${it.formats || '0'}`, ...it.attributes.map(writeAttribute));
  }
  return `${lines.join('\r\n')}\r\n`;
}

const writeAttribute = ({ name, value }: Attribute): string => (value === '' ? `a=${name}` : `a=${name}:${value}`);
