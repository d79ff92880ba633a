/** Session descriptions of one audio stream (RFC 4566, RFC 3264): reading them strictly, writing the server's. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Format {
  payloadType: number;
  /** Lower case, with clock rate and channels: "pcmu/8000", "telephone-event/8000". */
  name: string;
}

export interface Description {
  sessionId: string;
  version: bigint;
  address: string;
  port: number;
  direction: Direction;
  formats: readonly Format[];
  /** All of it but the version, to see what a new version is for. */
  rest: string;
}

export class MalformedDescription extends Error {
  override name = 'MalformedDescription';
}

/** RFC 3551 §6; a phone need not say these. */
const staticNames: Record<number, string> = { 0: 'pcmu/8000', 8: 'pcma/8000', 9: 'g722/8000', 18: 'g729/8000' };

const order =
  /^v=0\r\no=[^\r\n]+\r\ns=[^\r\n]+\r\n(?:[^m\r\n][^\r\n]*\r\n)*(?:m=[^\r\n]+\r\n(?:[^m\r\n][^\r\n]*\r\n)*)+$/;

export function readDescription(body: string): Description {
  if (!order.test(body)) throw new MalformedDescription(`not a session description: ${body.slice(0, 400)}`);
  const [, sessionId, version] = /\r\no=\S+ (\d+) (\d+) IN IP4 \S+\r\n/.exec(body) ?? [];
  const [, address] = /\r\nc=IN IP4 (\S+)\r\n/.exec(body) ?? [];
  const [, port, payloadTypes] = /\r\nm=audio (\d+) RTP\/AVP ([\d ]+)\r\n/.exec(body) ?? [];
  if (!sessionId || !version || !address || !port || !payloadTypes || !/\r\nt=\d+ \d+\r\n/.test(body))
    throw new MalformedDescription(`o=, c=, t= or m= is missing or wrong: ${body.slice(0, 400)}`);
  const names = new Map(
    [...body.matchAll(/\r\na=rtpmap:(\d+) (\S+)/g)].map(([, type, name = '']) => [Number(type), name.toLowerCase()]),
  );
  const formats = payloadTypes.split(' ').map((it): Format => {
    const payloadType = Number(it);
    const name = names.get(payloadType) ?? staticNames[payloadType];
    if (name === undefined) throw new MalformedDescription(`payload type ${it} has no rtpmap`);
    return { payloadType, name };
  });
  return {
    sessionId,
    version: BigInt(version),
    address,
    port: Number(port),
    direction: directionOf(body),
    formats,
    rest: body.replace(/(\r\no=\S+ \d+) \d+/, '$1'),
  };
}

function directionOf(body: string): Direction {
  const found = [...body.matchAll(/\r\na=(sendrecv|sendonly|recvonly|inactive)(?=\r\n)/g)].map(([, it]) => it);
  if (found.length > 1) throw new MalformedDescription('more than one direction');
  const [it = 'sendrecv'] = found;
  if (it === 'sendonly' || it === 'recvonly' || it === 'inactive') return it;
  return 'sendrecv';
}

export const isEvent = ({ name }: Format): boolean => name.startsWith('telephone-event/');

/** RFC 3264 §6.1. */
export const answerTo: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The same of one who holds the call. */
export const withoutReceiving: Record<Direction, Direction> = {
  sendrecv: 'sendonly',
  sendonly: 'inactive',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

export const serverFormats: readonly Format[] = [
  { payloadType: 0, name: 'pcmu/8000' },
  { payloadType: 8, name: 'pcma/8000' },
  { payloadType: 101, name: 'telephone-event/8000' },
];

/** One codec and digits at its clock rate, by the offerer's payload types. Throws where nothing is in common. */
export function chosenFrom(offered: readonly Format[]): Format[] {
  const codec = offered.find(({ name }) => name === 'pcmu/8000' || name === 'pcma/8000');
  if (!codec) throw new MalformedDescription('neither PCMU nor PCMA is offered');
  return [codec, ...offered.filter(({ name }) => name === 'telephone-event/8000').slice(0, 1)];
}

export interface Written {
  user: string;
  sessionId: number;
  version: number;
  /** 0.0.0.0: a black hole (RFC 3725 §4.2). */
  address: string;
  port: number;
  direction: Direction;
  formats: readonly Format[];
}

export function writeDescription(it: Written): string {
  const lines = [
    'v=0',
    `o=${it.user} ${it.sessionId} ${it.version} IN IP4 ${it.address}`,
    's=-',
    `c=IN IP4 ${it.address}`,
    't=0 0',
    `m=audio ${it.port} RTP/AVP ${it.formats.map(({ payloadType }) => payloadType).join(' ')}`,
    ...it.formats.flatMap((format) => [
      `a=rtpmap:${format.payloadType} ${format.name}`,
      ...(isEvent(format) ? [`a=fmtp:${format.payloadType} 0-15`] : []),
    ]),
    `a=${it.direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}
