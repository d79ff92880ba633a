import { describe, expect, it } from 'vitest';
import { decode, encode } from './encoding.ts';

const bytes = (text: string, encoding: BufferEncoding = 'latin1') => Buffer.from(text, encoding);

describe('decode', () => {
  it.each([
    ['nothing said', bytes('<r a="ä€"/>', 'utf8'), 'utf-8', false],
    ['utf-8 said', bytes('<?xml version="1.0" encoding="UTF-8"?><r a="ä€"/>', 'utf8'), 'utf-8', false],
    ['utf-16 said in UTF-8', bytes('<?xml version="1.0" encoding="utf-16"?><r a="ä€"/>', 'utf8'), 'utf-8', false],
    ['a byte order mark', bytes('\uFEFF<r a="ä€"/>', 'utf8'), 'utf-8', true],
    ['UTF-16 with a mark', bytes('\uFEFF<r a="ä€"/>', 'utf16le'), 'utf-16le', true],
    ['the other UTF-16 with a mark', bytes('\uFEFF<r a="ä€"/>', 'utf16le').swap16(), 'utf-16be', true],
    ['UTF-16 without', bytes('<r a="ä€"/>', 'utf16le'), 'utf-16le', false],
    ['the other UTF-16 without', bytes('<r a="ä€"/>', 'utf16le').swap16(), 'utf-16be', false],
    ['Windows-1252', bytes("<?xml version='1.0' encoding='Windows-1252'?><r a=\"ä\x80\"/>"), 'windows-1252', false],
    [
      'ISO-8859-1, of which it is a superset',
      bytes('<?xml version="1.0" encoding="ISO-8859-1" ?><r a="ä\x80"/>'),
      'windows-1252',
      false,
    ],
  ])('takes %s, and encode gives the same bytes', (_, file, name, byteOrderMark) => {
    const { text, encoding, untrue } = decode(file);
    expect(text).toContain('<r a="ä€"/>');
    expect([encoding, untrue]).toEqual([{ name, byteOrderMark }, '']);
    expect(Buffer.from(encode(text, encoding)).equals(file)).toBe(true);
  });

  it('takes what is not UTF-8 for Windows-1252, whatever its bytes', () => {
    const all = Buffer.concat([bytes('<r a="'), Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))]);
    const { text, encoding, untrue } = decode(all);
    expect([encoding.name, untrue]).toEqual(['windows-1252', 'it is not utf-8 text']);
    expect(Buffer.from(encode(text, encoding)).equals(all)).toBe(true);
  });

  it('refuses UTF-16 that ends in half a character, and encodings that it does not know', () => {
    expect(() => decode(Uint8Array.of(0xff, 0xfe, 0x3c))).toThrow('it is not utf-16le text, as which it begins');
    expect(() => decode(bytes('<?xml version="1.0" encoding="koi8-r"?><r/>'))).toThrow(
      'its encoding is none of utf-8, ',
    );
  });
});

describe('encode', () => {
  it('writes what Windows-1252 does not have as a reference', () => {
    const written = encode('ä€漢😀', { name: 'windows-1252', byteOrderMark: false });
    expect(Buffer.from(written).toString('latin1')).toBe('ä\x80&#x6f22;&#x1f600;');
  });
});
