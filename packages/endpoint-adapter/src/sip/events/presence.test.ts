import { describe, expect, it } from 'vitest';
import { writePresence } from './presence.ts';
import { readXml, textAt } from './xml.ts';

describe('presence', () => {
  it.each([
    [true, 'open'],
    [false, 'closed'],
  ])('open: %s', (open, basic) => {
    const body = writePresence('sip:4711@srv.example', open);
    expect(body).toContain('xmlns="urn:ietf:params:xml:ns:pidf"');
    const root = readXml(body);
    expect([root?.name, root?.attributes.get('entity')]).toEqual(['presence', 'sip:4711@srv.example']);
    expect(root && textAt(root, 'tuple', 'status', 'basic')).toBe(basic);
  });
});
