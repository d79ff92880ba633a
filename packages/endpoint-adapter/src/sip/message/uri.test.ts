import { describe, expect, it } from 'vitest';
import { escapeUser, makeUri, readUri, sameUri, type Uri, unescapeUser, writeUri } from './uri.ts';

const uri = (text: string): Uri => {
  const read = readUri(text);
  if (!read) throw new Error(`no URI: ${text}`);
  return read;
};

describe('readUri', () => {
  it.each([
    ['sip:example.com', { scheme: 'sip', user: '', host: 'example.com', port: 0 }],
    ['SIPS:Alice@Example.COM:5061', { scheme: 'sips', user: 'Alice', host: 'example.com', port: 5061 }],
    ['sip:alice:secret@example.com', { user: 'alice', password: 'secret' }],
    ['sip:a_b@my_host.', { user: 'a_b', host: 'my_host.' }],
    ['sip:+1-212-555-1212:1234@gateway.com;user=phone', { user: '+1-212-555-1212', password: '1234' }],
    ['sip:user;par=u%40example.net@example.com', { user: 'user;par=u%40example.net', host: 'example.com' }],
    [
      "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
      {
        user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
        password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
        host: 'example.com',
      },
    ],
    ['sip:sips%3Auser%40example.com@example.net', { user: 'sips%3Auser%40example.com', host: 'example.net' }],
    ['sip:jürgen@example.com', { user: 'jürgen' }],
    ['sip:@example.com', { user: '', host: 'example.com' }],
    ['sip:a@b?Route=%3Csip:example.com%3E&x=y', { headers: 'Route=%3Csip:example.com%3E&x=y' }],
    ['tel:+1-201-555-0123', { scheme: 'tel', user: '+1-201-555-0123', host: '' }],
    ['tel:*72#', { user: '*72#' }],
    ['nobodyKnowsThisScheme:totallyopaquecontent', { scheme: 'nobodyknowsthisscheme', opaque: 'totallyopaquecontent' }],
    ['soap.beep://192.0.2.103:3002', { scheme: 'soap.beep', opaque: '//192.0.2.103:3002' }],
    ['urn:service:sos', { scheme: 'urn', opaque: 'service:sos' }],
  ])('reads %s', (text, expected) => {
    expect(readUri(text)).toMatchObject(expected);
  });

  it('reads parameters', () => {
    const parameters = 'sip:h:5070;transport=TCP;lr;%6C%72x;n%61me=v%61lue%25%34%31?a=b;c';
    expect([...uri(parameters).parameters]).toEqual([
      ['transport', 'TCP'],
      ['lr', ''],
      ['lrx', ''],
      ['name', 'value%2541'],
    ]);
    expect(uri(parameters).headers).toBe('a=b;c');
    expect(uri('tel:7042;phone-context=example.com').parameters.get('phone-context')).toBe('example.com');
  });

  // RFC 5118 §4.1, §4.3 to §4.5, §4.10.
  it.each([
    ['sip:[2001:db8::10]', '2001:db8::10', 0],
    ['sip:user@[2001:DB8::10]:5070;lr', '2001:db8::10', 5070],
    ['sip:[2001:db8::10:5070]', '2001:db8::10:5070', 0],
    ['sip:user@[::ffff:192.0.2.10]:19823', '::ffff:192.0.2.10', 19_823],
    ['sip:[::1]', '::1', 0],
    ['sip:user@[2001:db8:::192.0.2.1]', '2001:db8::192.0.2.1', 0],
  ])('reads %s', (text, host, port) => {
    expect(readUri(text)).toMatchObject({ host, port });
  });

  it.each([
    '',
    'sip',
    ':a',
    'sip:',
    '1sip:a',
    'sip:a@',
    'sip:a@b@c',
    'sip:a b@c',
    'sip:a@b c',
    ' sip:a',
    'sip:<a>',
    'sip:"a"@b',
    'sip:a\r\nb',
    'sip:a\0@b',
    'sip:a@b:',
    'sip:a@b:0',
    'sip:a@b:65536',
    'sip:a@b:5060x',
    'sip:a@b:5060:5060',
    'sip:a%4@b',
    'sip:a%zz@b',
    'sip:a@b;',
    'sip:a@b;;lr',
    'sip:a@b;=c',
    'sip:a@ä',
    'sip:a@b%41',
    'sip:2001:db8::10',
    'sip:[2001:db8::10',
    'sip:[2001:db8::10]x',
    'sip:[2001:db8::10]5060',
    'sip:[fe80::1%eth0]',
    'sip:[fe80::1%25eth0]',
    'sip:[192.0.2.1]',
    'sip:[2001:db8::1::2]',
    'sip:[]',
    'sip:[2001:db8:::1]',
    'sip:[2001:db8::::192.0.2.1]',
    'sip:[::1:::192.0.2.1]',
    'tel:',
    'tel:+',
    'tel:alice',
    'tel:1+2',
    'tel:1;',
    'tel:1;x=a@b',
    'tel:1;x=a?b',
    'urn:',
    `sip:a@${'b'.repeat(256)}`,
    `sip:a@b${';c'.repeat(65)}`,
  ])('refuses %j', (text) => {
    expect(readUri(text)).toBeNull();
  });
});

describe('writeUri', () => {
  it.each([
    'sip:example.com',
    'sips:alice:secret@example.com:5061;transport=tcp;lr?subject=a%20b&priority=urgent',
    'sip:user;par=u%40example.net@[2001:db8::1]:5070',
    'sip:null-%00-null@example.com',
    'sip:host;x=%3B%FF%00',
    'tel:+1-201-555-0123;ext=9',
    'isbn:2983792873',
  ])('is what was read: %s', (text) => {
    expect(writeUri(uri(text))).toBe(text);
  });

  it('lets nothing out of its place', () => {
    const parameters = new Map([['x;y=', 'a b;c?d@"\r\n']]);
    const made = makeUri({ user: 'a@b:c\r\n 100%', password: 'p@', host: 'h;x', parameters, headers: '>@' });
    expect(writeUri(made)).toBe('sip:a%40b%3Ac%0D%0A%20100%25:p%40@h%3Bx;x%3By%3D=a%20b%3Bc%3Fd%40%22%0D%0A?%3E%40');
    expect(writeUri(makeUri({ scheme: 'urn', host: '', opaque: 'a\r\nb' }))).toBe('urn:a%0D%0Ab');
    expect(writeUri(makeUri({ user: '\ud800 ', host: 'h' }))).toBe('sip:\ud800%20@h');
  });

  it('escapes and unescapes users', () => {
    expect(escapeUser('jürgen müller@x:#\ud800')).toBe('j%C3%BCrgen%20m%C3%BCller%40x%3A%23%EF%BF%BD');
    expect(unescapeUser('j%C3%BCrgen%20x')).toBe('jürgen x');
    expect(unescapeUser('%FF')).toBe('%FF');
    expect(unescapeUser('+49 30')).toBe('+49 30');
  });
});

// RFC 3261 §19.1.4 and RFC 3966 §4.
describe('sameUri', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;security=on'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    [
      'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
      'sip:alice@atlanta.com?Priority=urgent&subject=project%20x',
    ],
    ['sip:a@[2001:db8::1]', 'sip:a@[2001:0DB8:0:0::0001]'],
    ['sip:a%3b@h', 'sip:a%3B@h'],
    ['tel:+1-201-555-0123;ext=1;isub=2', 'tel:+12015550123;isub=2;ext=1'],
    ['urn:service:sos', 'URN:service:sos'],
  ])('%s is %s', (a, b) => {
    expect(sameUri(uri(a), uri(b))).toBe(true);
    expect(sameUri(uri(b), uri(a))).toBe(true);
  });

  it.each([
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:a@h', 'sips:a@h'],
    ['sip:a:b@h', 'sip:a@h'],
    ['sip:a%3Bb@h', 'sip:a;b@h'],
    ['sip:a@h;maddr=192.0.2.1', 'sip:a@h'],
    ['sip:a@[2001:db8::1]', 'sip:a@[2001:db8::2]'],
    ['tel:+12015550123', 'tel:12015550123'],
    ['tel:7042;phone-context=a.com', 'tel:7042;phone-context=b.com'],
    ['urn:service:sos', 'urn:service:fire'],
  ])('%s is not %s', (a, b) => {
    expect(sameUri(uri(a), uri(b))).toBe(false);
    expect(sameUri(uri(b), uri(a))).toBe(false);
  });
});
