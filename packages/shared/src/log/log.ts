/** Logging: one line a record, to stderr. Text may be a function, so that what is not logged costs nothing. */

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

/** Passwords and digest responses have no business in a log: they are struck out of every line, wherever it comes from. */
const secrets: readonly RegExp[] = [
  /(password["'\s:=]+)[^\s,;"'}]+/gi,
  /(\b(?:response|nonce|cnonce)=")[^"]*/gi,
  /(token[=:]\s*"?)[\w-]+/gi,
];
export const strike = (text: string): string => secrets.reduce((line, secret) => line.replace(secret, '$1*****'), text);

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
    write(strike(`${time} ${level.padEnd(7)} ${name ? `${name}: ` : ''}${typeof text === 'string' ? text : text()}`));
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
