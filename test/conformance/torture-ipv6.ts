/** IPv6 in SIP messages: what RFC 5118 asks for in its sections 4.1 to 4.10, in messages of our own. */
import type { ExpectedFacts } from './torture.ts';

export interface IPv6Message {
  section: string;
  title: string;
  text: string;
  reading: 'understood' | number;
  facts?: ExpectedFacts;
}

interface Parts {
  method: string;
  target: string;
  vias?: readonly string[];
  to?: string;
  contact?: string;
  sdp?: readonly string[];
}

const ours = 'SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111';

function message({
  method,
  target,
  vias = [ours],
  to = '<sip:user@example.com>',
  contact = '',
  sdp = [],
}: Parts): string {
  const body = sdp.map((line) => `${line}\r\n`).join('');
  const lines = [
    `${method} ${target} SIP/2.0`,
    ...vias.map((via) => `Via: ${via}`),
    `To: ${to}`,
    'From: <sip:user@example.net>;tag=81x2',
    'Call-ID: ssg9559905523997077',
    'Max-Forwards: 70',
    `CSeq: 9893 ${method}`,
    ...(contact === '' ? [] : [`Contact: ${contact}`]),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const contact = '"Caller" <sip:caller@[2001:db8::1]>';

export const ipv6Messages: readonly IPv6Message[] = [
  {
    section: '4.1',
    title: 'an IPv6 reference',
    text: message({ method: 'REGISTER', target: 'sip:[2001:db8::10]', contact }),
    reading: 'understood',
    facts: {
      uri: { host: '2001:db8::10', port: 0 },
      vias: [{ host: '[2001:db8::9:1]', port: 0 }],
      contacts: [{ name: 'Caller', uri: { user: 'caller', host: '2001:db8::1', text: 'sip:caller@[2001:db8::1]' } }],
    },
  },
  {
    section: '4.2',
    title: 'an IPv6 address without brackets',
    text: message({ method: 'REGISTER', target: 'sip:2001:db8::10', contact }),
    reading: 400,
  },
  {
    section: '4.3',
    title: 'what may be meant as a port, inside the brackets',
    text: message({ method: 'REGISTER', target: 'sip:[2001:db8::10:5070]', contact }),
    reading: 'understood',
    facts: { uri: { host: '2001:db8::10:5070', port: 0 } },
  },
  {
    section: '4.4',
    title: 'a port behind the brackets',
    text: message({ method: 'REGISTER', target: 'sip:[2001:db8::10]:5070', contact }),
    reading: 'understood',
    facts: { uri: { host: '2001:db8::10', port: 5070 } },
  },
  {
    section: '4.5',
    title: 'received with brackets',
    text: message({
      method: 'BYE',
      target: 'sip:[2001:db8::10]',
      vias: ['SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111'],
    }),
    reading: 'understood',
    facts: { vias: [{ host: '[2001:db8::9:1]', received: '2001:db8::9:255', branch: 'z9hG4bKas3-111' }] },
  },
  {
    section: '4.5',
    title: 'received without brackets',
    text: message({
      method: 'OPTIONS',
      target: 'sip:[2001:db8::10]',
      vias: ['SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3'],
    }),
    reading: 'understood',
    facts: { vias: [{ host: '[2001:db8::9:1]', received: '2001:db8::9:255', branch: 'z9hG4bKas3' }] },
  },
  {
    section: '4.6',
    title: 'IPv6 in the session description',
    text: message({
      method: 'INVITE',
      target: 'sip:user@[2001:db8::10]',
      to: '<sip:user@[2001:db8::10]>',
      contact,
      sdp: [
        'v=0',
        'o=assistant 1 1 IN IP6 2001:db8::20',
        's=-',
        'c=IN IP6 2001:db8::20',
        't=0 0',
        'm=audio 6000 RTP/AVP 0',
      ],
    }),
    reading: 'understood',
    facts: { to: { uri: { user: 'user', host: '2001:db8::10' } }, bodies: [{ type: 'application/sdp' }] },
  },
  {
    section: '4.7',
    title: 'IPv4 and IPv6 in header fields',
    text: message({
      method: 'BYE',
      target: 'sip:user@host.example.net',
      vias: [
        'SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111',
        'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144',
        'SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200',
      ],
    }),
    reading: 'understood',
    facts: {
      vias: [
        { transport: 'UDP', host: '[2001:db8::9:1]', port: 6050, received: '' },
        { transport: 'UDP', host: '192.0.2.1', port: 0, received: '' },
        { transport: 'TCP', host: '[2001:db8::9:255]', port: 0, received: '192.0.2.200' },
      ],
    },
  },
  {
    section: '4.8',
    title: 'IPv4 and IPv6 in the session description',
    text: message({
      method: 'INVITE',
      target: 'sip:user@[2001:db8::10]',
      contact,
      sdp: [
        ...['v=0', 'o=bob 1 1 IN IP4 host.example.com', 's=-', 't=0 0', 'm=audio 49170 RTP/AVP 0'],
        ...['c=IN IP4 192.0.2.254', 'm=video 6024 RTP/AVP 107', 'c=IN IP6 2001:db8::254'],
      ],
    }),
    reading: 'understood',
    facts: { bodies: [{ type: 'application/sdp' }] },
  },
  {
    section: '4.9',
    title: 'IPv4-mapped addresses',
    text: message({
      method: 'INVITE',
      target: 'sip:user@example.com',
      vias: [
        'SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19',
        'SIP/2.0/UDP [::ffff:192.0.2.2];branch=z9hG4bKas3-111',
      ],
      contact: '"T. desk phone" <sip:ted@[::ffff:192.0.2.2]>',
    }),
    reading: 'understood',
    facts: {
      vias: [
        { host: '[::ffff:192.0.2.10]', port: 19_823 },
        { host: '[::ffff:192.0.2.2]', port: 0 },
      ],
      contacts: [{ name: 'T. desk phone', uri: { user: 'ted', host: '::ffff:192.0.2.2' } }],
    },
  },
  {
    section: '4.10',
    title: 'three colons, which the grammar of RFC 3261 has by mistake',
    text: message({
      method: 'OPTIONS',
      target: 'sip:user@[2001:db8:::192.0.2.1]',
      to: '<sip:user@[2001:db8:::192.0.2.1]>',
    }),
    reading: 'understood',
    facts: { uri: { host: '2001:db8::192.0.2.1' }, to: { uri: { host: '2001:db8::192.0.2.1' } } },
  },
  {
    section: '4.10',
    title: 'two colons, as it should be',
    text: message({
      method: 'OPTIONS',
      target: 'sip:user@[2001:db8::192.0.2.1]',
      to: '<sip:user@[2001:db8::192.0.2.1]>',
    }),
    reading: 'understood',
    facts: { uri: { host: '2001:db8::192.0.2.1' }, to: { uri: { host: '2001:db8::192.0.2.1' } } },
  },
];
