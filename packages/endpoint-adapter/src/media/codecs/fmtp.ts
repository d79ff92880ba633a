/** Parameters of a=fmtp (RFC 8866 §6.15) as codecs write them: "name=value;name=value". Written by strangers. */

/** Text of one parameter; undefined where it isn't there. */
export function parameter(fmtp: string, name: string): string | undefined {
  for (const part of fmtp.split(';', 32)) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim().toLowerCase() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** A whole number of at most nine digits; undefined where it isn't there or isn't one. */
export function wholeParameter(fmtp: string, name: string): number | undefined {
  const text = parameter(fmtp, name);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
