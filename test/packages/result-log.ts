/** The result log that every installer writes. */

/** Keys and values of all its sections; of a key that comes twice, one value after the other. */
export function resultOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.replaceAll('\r', '').split('\n')) {
    const at = line.indexOf('=');
    if (at < 0) continue;
    const key = line.slice(0, at);
    const value = line.slice(at + 1);
    found[key] = key in found ? `${found[key]}\n${value}` : value;
  }
  return found;
}
