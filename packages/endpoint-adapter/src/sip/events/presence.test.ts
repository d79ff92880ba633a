import { describe, expect, it } from 'vitest';
import { messageWith } from '../headers/message-with.ts';
import { presence, presenceType, readPresence, writePresence } from './presence.ts';

const tuple = (basic: string, rest = ''): string =>
  `<tuple id="t${basic}"><status><basic>${basic}</basic></status>${rest}</tuple>`;
const pidf = (...content: string[]): string =>
  `<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:4711@srv.example">${content.join('')}</presence>`;

describe('presence', () => {
  it.each([
    [true, ''],
    [false, 'lunch & <tea>'],
  ])('reads what it writes: %s, %j', (open, note) => {
    const body = writePresence('sip:4711@srv.example', open, note);
    expect(body).toContain('xmlns="urn:ietf:params:xml:ns:pidf"');
    expect(presence.read(presenceType, body, messageWith())).toEqual({
      event: 'presence',
      entity: 'sip:4711@srv.example',
      open,
      note,
    });
  });

  it.each([
    ['one open tuple is enough', pidf(tuple('closed'), tuple('OPEN')), true, ''],
    ['closed', pidf(tuple('closed', '<note>out</note>'), '<note>all</note>'), false, 'out'],
    ['a note for all', pidf(tuple('closed'), '<note>all</note>'), false, 'all'],
    ['nothing said', pidf('<tuple id="a"><status/></tuple>'), null, ''],
    [
      'a prefix',
      pidf(tuple('open'))
        .replaceAll(/<(\/?)(?=[a-z])/g, '<$1p:')
        .replace('xmlns=', 'xmlns:p='),
      true,
      '',
    ],
  ])('%s', (_, body, open, note) => {
    expect(readPresence(body)).toMatchObject({ open, note });
  });

  it('does not read what is none', () => {
    expect(readPresence('<absence/>')).toBeNull();
    expect(presence.read('text/plain', pidf(tuple('open')), messageWith())).toBeNull();
    expect(readPresence(`<presence entity="${'e'.repeat(300)}"><note>${'n'.repeat(300)}</note></presence>`)).toEqual({
      event: 'presence',
      entity: 'e'.repeat(256),
      open: null,
      note: 'n'.repeat(256),
    });
    expect(readPresence('<presence/>')?.entity).toBe('');
    expect(presence.read('', ' \r\n', messageWith())).toMatchObject({ open: null });
  });
});
