import { describe, expect, it } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { hoteling, hotelingType, proveHoteling, readHoteling, writeHoteling } from './hoteling.ts';
import { readXml, textAt } from './xml.ts';

const body = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><HotelingEvent xmlns="http://schema.broadsoft.com/hoteling">${content}</HotelingEvent>`;

describe('hoteling', () => {
  it.each([
    [
      '<authenticationData><nonce>abc</nonce><algorithm>md5</algorithm></authenticationData>',
      { kind: 'challenge', nonce: 'abc', algorithm: 'MD5' },
    ],
    [
      '<guestAddress/><authenticationData><nonce>abc</nonce></authenticationData>',
      { kind: 'challenge', nonce: 'abc', algorithm: 'MD5' },
    ],
    ['<guestAddress>4711</guestAddress>', { kind: 'guest', agentId: '4711' }],
    [
      '<guestAddress>4711@srv.example</guestAddress><expires>3600</expires>',
      { kind: 'guest', agentId: '4711@srv.example' },
    ],
    ['<guestAddress/>', { kind: 'nobody' }],
    ['<guestAddress> </guestAddress>', { kind: 'nobody' }],
    ['<hostEnabled>true</hostEnabled>', { kind: 'unsaid' }],
  ])('%s', (content, expected) => {
    expect(hoteling.read(hotelingType, body(content), messageWith())).toEqual(expected);
  });

  it('does not read what is none', () => {
    expect(readHoteling('<OtherEvent/>')).toBeNull();
    expect(readHoteling(body(`<authenticationData><nonce>${'n'.repeat(300)}</nonce></authenticationData>`))).toBeNull();
    expect(hoteling.read('text/plain', body('<guestAddress/>'), messageWith())).toBeNull();
    expect(hoteling.read('', '', messageWith())).toEqual({ kind: 'unsaid' });
  });

  it('asks for a place, proves who it is, and leaves', () => {
    const xmlns = ' xmlns="http://schema.broadsoft.com/hoteling"';
    expect(writeHoteling('4711', null)).toContain(
      `<SetHoteling${xmlns}><guestAddress>4711</guestAddress></SetHoteling>`,
    );
    expect(writeHoteling('', null)).toContain(`<SetHoteling${xmlns}><guestAddress/></SetHoteling>`);
    const root = readXml(writeHoteling('4711', { nonce: 'abc', response: proveHoteling('abc', 'secret') }));
    // printf 'abc:secret' | md5sum
    expect(root && textAt(root, 'authenticationData', 'response')).toBe('618a27cae7e1aa2610a9a3637331ca2e');
    expect(root && textAt(root, 'authenticationData', 'nonce')).toBe('abc');
    expect(root && textAt(root, 'authenticationData', 'algorithm')).toBe('MD5');
  });
});
