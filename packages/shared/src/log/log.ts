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

/** One record is one line, and nobody's bytes steer a terminal. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

export interface LogOptions {
  level?: Level;
  name?: string;
  write?: (line: string) => void;
}

export function makeLog(options: LogOptions = {}): Log {
  const limit = levels.indexOf(options.level ?? 'info');
  const name = options.name ?? '';
  const write = options.write ?? ((line: string) => process.stderr.write(`${line}\n`));
  const put = (level: Level) => (text: Text) => {
    if (levels.indexOf(level) > limit) return;
    const time = new Date().toISOString();
    const said = oneLine(strike(typeof text === 'string' ? text : text()));
    write(`${time} ${level.padEnd(7)} ${name ? `${name}: ` : ''}${said}`);
  };
  return {
    error: put('error'),
    warning: put('warning'),
    info: put('info'),
    debug: put('debug'),
    child: (child) => makeLog({ ...options, name: name ? `${name}.${child}` : child }),
  };
}

export const silent: Log = makeLog({ write: () => {}, level: 'fatal' });
