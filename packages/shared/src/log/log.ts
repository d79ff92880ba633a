/** Logging: one line a record, to stderr. Text may be a function, so that what is not logged costs nothing. */

/** As Softphone.config names them. Nothing of ours is fatal and goes on to log it, so that level is silence. */
export const levels = ['fatal', 'error', 'warning', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];
export const isLevel = (word: string): word is Level => (levels as readonly string[]).includes(word);

export type Text = string | (() => string);

export interface Log {
  error(text: Text): void;
  warning(text: Text): void;
  info(text: Text): void;
  debug(text: Text): void;
  /** The same log under a name of its own: "sip" → "sip.transport". */
  child(name: string): Log;
}

const key = '(?:password|passwd|pwd|secret|token|sessionid|api[_-]?key)';

/**
 * Passwords, tokens and keys have no business in a log: they are struck out of every line, wherever it comes from.
 * Each pattern is linear in the text, which may be somebody else's.
 */
const secrets: readonly RegExp[] = [
  // key=value, key: value, "key":"value", key="a value": quoted values may have spaces, and quotes after a backslash.
  new RegExp(String.raw`(${key}\\?["']?\s*[:=]\s*)(?:\\?"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[^\s,;&"'}<>]+)`, 'gi'),
  // <setting name="turn_password" value="…"/>
  new RegExp(String.raw`(\bname\s*=\s*["'][\w.-]{0,32}${key}["']\s+value\s*=\s*)(?:"[^"]*"?|'[^']*'?|[^\s/>]+)`, 'gi'),
  // Digest (RFC 7616 §3.4) and the other kinds of Authorization.
  /(\b(?:response|nonce|cnonce|nextnonce|rspauth)\s*=\s*)(?:"[^"]*"?|[^\s,;"]+)/gi,
  // What proves a password in XML (hoteling).
  /(<(?:\w{1,16}:)?(?:password|response|nonce)>)[^<]+/gi,
  /(\bAuthorization["']?\s*[:=]\s*["']?(?:Basic|Bearer)\s+)[\w.~+/=-]+/gi,
  /(\bBearer\s+)[\w.~+/=-]{16,}/g,
  // sip:user:password@host, https://user:password@host
  /(\b(?:sips?:|https?:\/\/)[^\s:@/<>]{1,64}:)[^\s@/<>]{1,128}(?=@)/gi,
  // SRTP keys (RFC 4568 §9.2) and ICE passwords (RFC 8839 §5.4) in SDP.
  /(\binline:)[\w+/=]+/g,
  /(\bice-pwd:)\S+/g,
];
export const strike = (text: string): string => secrets.reduce((line, secret) => line.replace(secret, '$1*****'), text);

/** Without secrets, and in one line; nobody's bytes steer a terminal. */
export const cleaned = (text: string): string => strike(text).replace(/\p{Cc}+/gu, ' ');

/** said: cleaned. */
export const recordLine = (time: string, level: Level, name: string, said: string): string =>
  `${time} ${level.padEnd(7)} ${name ? `${name}: ` : ''}${said}`;

/** Where records go. */
export interface Recorder {
  /** Asked first, so that the text of what is not wanted is not made. */
  wants(level: Level, name: string): boolean;
  /** text: as it was said, with its secrets. */
  record(level: Level, name: string, text: string): void;
}

export function logTo(recorder: Recorder, name = ''): Log {
  const put = (level: Level) => (text: Text) => {
    if (recorder.wants(level, name)) recorder.record(level, name, typeof text === 'string' ? text : text());
  };
  return {
    error: put('error'),
    warning: put('warning'),
    info: put('info'),
    debug: put('debug'),
    child: (child) => logTo(recorder, name ? `${name}.${child}` : child),
  };
}

/** At or below the limit. */
export const isWithin = (level: Level, limit: Level): boolean => levels.indexOf(level) <= levels.indexOf(limit);

export interface LogOptions {
  level?: Level;
  name?: string;
  write?: (line: string) => void;
}

/** A log that is not configured any further. */
export function makeLog({ level: limit = 'info', name, write = writeToStderr }: LogOptions = {}): Log {
  const recorder: Recorder = {
    wants: (level) => isWithin(level, limit),
    record: (level, from, text) => write(recordLine(new Date().toISOString(), level, from, cleaned(text))),
  };
  return logTo(recorder, name);
}

export const writeToStderr = (line: string): void => void process.stderr.write(`${line}\n`);

export const silent: Log = makeLog({ write: () => {}, level: 'fatal' });
