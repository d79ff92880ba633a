/** The command line of thinline-adapter. */
import { readCommandLine, readLevel } from '@thinline/shared/command-line.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { type Level, levels } from '@thinline/shared/log/log.ts';
import { adapterSocket } from '@thinline/shared/paths.ts';
import { readWanted } from './audio/drivers.ts';
import { readTlsWords, type TlsPlace } from './channel/tls.ts';

export const help =
  (): string => `thinline-adapter: SIP, sound and devices at the endpoint. The app layer (thinline) tells it what to do.

  --socket PATH       where the app layer comes in (default: ${adapterSocket()})
  --socket-only       open nothing but that: for an adapter beside another one, as Thinline itself starts it in a desktop
  --tls HOST:PORT     let the app layer come in over TLS too
  --tls-certificate FILE
                      what shows the app layer who we are: PEM, with chain and private key
  --tls-authorities FILE
                      who may have signed the app layer's certificate: PEM
  --page PORT         serve a page on 127.0.0.1 that answers, mutes and ends calls without the desktop (0: any free port)
  --audio DRIVER      miniaudio, portaudio or virtual[:in=…,out=…]; default: the best that works here
  --linger SECONDS    end when no app layer has been there for so long and no call is up (default: never)
  --log-level LEVEL   ${levels.join(', ')}; wins over the levels of the configuration
                      (default: what the configuration says, else info)
  --version, --help
  --probe [--json]    say what of this program works on this machine, and end: 0 all that is needed, 1 not

  thinline-adapter ctl --help   the phone at this endpoint, with or without its desktop
`;

/** A day: more would not fit a timer for ever, s. */
const longestLinger = 86_400;

export interface AdapterOptions {
  show: 'help' | 'version' | null;
  socket: string;
  /** No other way in: what else there is belongs to another adapter of this user. */
  socketOnly: boolean;
  tls: TlsPlace | null;
  /** null: no page; 0: any free port. */
  page: number | null;
  /** null: the best that works here. */
  audio: string | null;
  /** s; null: never ends by itself. */
  linger: number | null;
  /** null: the configuration says it. */
  level: Level | null;
}

const usage = (detail: string): FailureError => new FailureError('usage', { detail });

/** Throws FailureError usage. */
export function readOptions(args: string[]): AdapterOptions {
  const { values } = readCommandLine({
    args,
    options: {
      socket: { type: 'string' },
      'socket-only': { type: 'boolean' },
      tls: { type: 'string' },
      'tls-certificate': { type: 'string' },
      'tls-authorities': { type: 'string' },
      page: { type: 'string' },
      audio: { type: 'string' },
      linger: { type: 'string' },
      'log-level': { type: 'string' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  // Said here in one sentence, rather than by a media worker that can't start.
  if (values.audio !== undefined) readWanted(values.audio);
  const socketOnly = values['socket-only'] === true;
  if (socketOnly && (values.tls !== undefined || values.page !== undefined)) {
    throw usage('--socket-only opens nothing else, so --tls and --page do not go with it.');
  }
  const word = values['log-level'];
  return {
    show: values.help ? 'help' : values.version ? 'version' : null,
    socket: values.socket ?? adapterSocket(),
    socketOnly,
    tls: readTlsWords(values),
    page: values.page === undefined ? null : readPort(values.page),
    audio: values.audio ?? null,
    linger: values.linger === undefined ? null : readLinger(values.linger),
    level: word === undefined ? null : readLevel(word),
  };
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usage(`"${text}" is not a port.`);
}

function readLinger(text: string): number {
  const linger = Number(text);
  if (text !== '' && linger >= 0 && linger <= longestLinger) return linger;
  throw usage(`--linger takes seconds, at most ${longestLinger}.`);
}
