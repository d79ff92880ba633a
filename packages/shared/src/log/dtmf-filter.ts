/** log_filter "dtmf": digits that people send and receive become x, wherever they stand in a record. */

/** "Signal=5" of INFO and NOTIFY, and what our own messages call digits. */
const named = /(\b(?:signal|digits?|dtmf(?:Sent|Received)?)\\?["']?\s*[:=]\s*\\?["']?)([0-9*#A-D]+)(?![\w.])/gi;
const dtmfMessage = /^(?:(?:content-type|c)[ \t]*:[ \t]*application\/dtmf|(?:event|o)[ \t]*:[ \t]*dtmf\b)/im;
const digit = /[0-9*#A-D]/gi;

export function hideDtmf(text: string): string {
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null || !dtmfMessage.test(text.slice(0, end.index))) return hideNamed(text);
  const bodyAt = end.index + end[0].length;
  const body = text.slice(bodyAt).split('\n').map(hideLine).join('\n');
  return hideNamed(text.slice(0, bodyAt)) + body;
}

const hideNamed = (text: string): string =>
  text.replace(named, (_, before: string, digits: string) => before + 'x'.repeat(digits.length));

/** Of a body that is nothing but digits, with or without names. */
function hideLine(line: string): string {
  if (/^\s*duration\s*=/i.test(line)) return line;
  const from = line.indexOf('=') + 1;
  return line.slice(0, from) + line.slice(from).replace(digit, 'x');
}
