import { describe, expect, it } from 'vitest';
import { attributeOf, readText, writeText } from './text.ts';

describe('readText', () => {
  it('reads what each line says', () => {
    expect(
      readText('v=0\nc=IN IP4 192.0.2.1/127\na=sendonly\nm=audio 5004/2 RTP/AVP 0  8 \na=ptime: 20\nc=IN IP6 ::1\nx\n'),
    ).toEqual({
      attributes: [{ name: 'sendonly', value: '' }],
      media: [
        {
          type: 'audio',
          port: 5004,
          protocol: 'RTP/AVP',
          formats: '0  8',
          address: '::1',
          attributes: [{ name: 'ptime', value: '20' }],
        },
      ],
    });
  });

  it.each([
    'm=',
    'm=audio',
    'm=audio 1',
    'm=audio x RTP/AVP 0',
    'm=audio -1 RTP/AVP 0',
    'm=audio 1 RTP/AVP \0',
    'm=ä 1 x 0',
  ])('is nothing with the m-line "%s", which could not be mirrored', (line) => {
    expect(readText(`m=audio 5004 RTP/AVP 0\n${line}`)).toBeNull();
  });

  it('looks for an attribute in one place after the other', () => {
    const text = readText('a=x:1\na=y:2\nm=audio 5004 RTP/AVP 0\na=x:3');
    const [media] = text?.media ?? [];
    if (!text || !media) throw new Error('not read');
    expect(['x', 'y', 'z', '__proto__'].map((it) => attributeOf(it, media, text))).toEqual(['3', '2', null, null]);
  });
});

describe('writeText', () => {
  it('is read as it was meant', () => {
    const media = { type: 'audio', port: 5004, protocol: 'RTP/AVP', formats: '0 8', address: '2001:db8::1' };
    const session = {
      attributes: [{ name: 'x', value: '1' }],
      media: [{ ...media, attributes: [{ name: 'y', value: '' }] }],
    };
    const text = writeText({ address: '2001:db8::1', sessionId: 7, version: 3 }, session);
    expect(text).toContain('o=- 7 3 IN IP6 2001:db8::1\r\n');
    expect(readText(text)).toEqual(session);
  });
});
