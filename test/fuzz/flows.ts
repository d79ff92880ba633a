/** Typical messages of a phone's day, as its server and its peers send them: what mutations begin with. */

const server = '192.0.2.9:5060';
const from = '"Bob Miller" <sip:5551234@example.com>;tag=as3f1c77b2';
const to = '<sip:alice@example.com>';
const inDialogTo = `${to};tag=9a8b7c6d5e4f3a2b`;
const contact = `Contact: <sip:5551234@${server};transport=udp>`;
const callId = '3c26700857a87f6f@192.0.2.9';

const sdpLines = [
  ...['v=0', 'o=root 1821 1821 IN IP4 192.0.2.20', 's=call', 'c=IN IP4 192.0.2.20', 't=0 0'],
  ...['m=audio 18342 RTP/AVP 8 0 9 101', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:9 G722/8000'],
  ...['a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16', 'a=ptime:20', 'a=sendrecv'],
];
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');
const sdp = text(sdpLines);
const heldSdp = sdp.replace('sendrecv', 'sendonly');

interface Parts {
  to?: string;
  branch?: string;
  fields?: readonly string[];
  type?: string;
  body?: string;
}

const bodyFields = (type: string, body: string): string[] => [
  ...(body === '' ? [] : [`Content-Type: ${type}`]),
  `Content-Length: ${Buffer.byteLength(body)}`,
];

function request(method: string, sequence: number, parts: Parts = {}): string {
  const { branch = 'z9hG4bK4b43c2ff8.1', fields = [], type = 'application/sdp', body = '' } = parts;
  return `${text([
    `${method} sip:alice@192.0.2.7:5070;transport=udp SIP/2.0`,
    `Via: SIP/2.0/UDP ${server};branch=${branch};rport`,
    'Via: SIP/2.0/UDP 192.0.2.20:5060;received=192.0.2.20;branch=z9hG4bK776asdhds;rport=5060',
    'Max-Forwards: 69',
    `From: ${from}`,
    `To: ${parts.to ?? inDialogTo}`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} ${method}`,
    ...fields,
    ...bodyFields(type, body),
  ])}\r\n${body}`;
}

/** To a request of ours. */
function response(status: string, cseq: string, parts: Parts = {}): string {
  const { branch = 'z9hG4bK6f2e0a11b1c94d6d', fields = [], type = 'application/sdp', body = '' } = parts;
  return `${text([
    `SIP/2.0 ${status}`,
    `Via: SIP/2.0/UDP 192.0.2.7:5070;branch=${branch};rport=5070;received=192.0.2.7`,
    'From: "Alice" <sip:alice@example.com>;tag=9a8b7c6d5e4f3a2b',
    `To: ${parts.to ?? '<sip:5551234@example.com>;tag=as3f1c77b2'}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    ...fields,
    ...bodyFields(type, body),
  ])}\r\n${body}`;
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>\r\n';

const dialogInfo = `${xml}<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="3" state="full" entity="sip:alice@example.com"><dialog id="as7d900as8" call-id="a84b4c76e66710" direction="recipient"><state>early</state></dialog></dialog-info>`;
const featureEvent = `${xml}<ForwardingEvent xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed3"><device>alice</device><forwardingType>forwardImmediate</forwardingType><forwardStatus>true</forwardStatus><forwardTo>5559999</forwardTo></ForwardingEvent>`;
const registrationInfo = `${xml}<reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="0" state="full"><registration aor="sip:alice@example.com" id="a7" state="active"><contact id="76" state="active" event="registered"><uri>sip:alice@192.0.2.7:5070</uri></contact></registration></reginfo>`;
const mailbox = text(['Messages-Waiting: yes', 'Message-Account: sip:alice@example.com', 'Voice-Message: 4/8 (1/2)']);
const twoParts = text([
  ...['--boundary1', 'Content-Type: application/sdp', '', ...sdpLines],
  ...['--boundary1', 'Content-Type: application/x-genesys', 'Content-Disposition: info;handling=optional', ''],
  ...['{"attached":"data"}', '--boundary1--'],
]);

const digest =
  'Digest realm="example.com", nonce="5f3a1c", opaque="", algorithm=SHA-256, qop="auth,auth-int", stale=FALSE';

export const flows: readonly string[] = [
  // Registration.
  request('REGISTER', 1, { to, fields: [contact, 'Expires: 3600', 'Supported: path, outbound'] }),
  response('401 Unauthorized', '1 REGISTER', { fields: [`WWW-Authenticate: ${digest}`, 'Server: server/8.1'] }),
  response('407 Proxy Authentication Required', '1 INVITE', {
    fields: [`Proxy-Authenticate: ${digest}`, 'Proxy-Authenticate: Digest realm="b", nonce="c", algorithm=MD5'],
  }),
  response('200 OK', '2 REGISTER', {
    fields: [
      'Contact: <sip:alice@192.0.2.7:5070>;expires=3600, <sip:alice@192.0.2.8>;q=0.5',
      'Date: Sat, 13 Nov 2010 23:29:00 GMT',
    ],
  }),
  response('423 Interval Too Brief', '2 REGISTER', { fields: ['Min-Expires: 120'] }),
  response('503 Service Unavailable', '2 REGISTER', { fields: ['Retry-After: 30 (maintenance);duration=3600'] }),
  // A call to us.
  request('INVITE', 101, {
    to,
    fields: [
      contact,
      'Record-Route: <sip:192.0.2.9;lr;ftag=as3f>, <sip:192.0.2.10;lr>',
      'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY',
      'Supported: 100rel, timer, replaces',
      'Session-Expires: 1800;refresher=uas',
      'Min-SE: 90',
      'P-Asserted-Identity: "Bob Miller" <sip:5551234@example.com>',
      'Diversion: <sip:5550000@example.com>;reason=no-answer;privacy=off',
      'History-Info: <sip:5550000@example.com?Reason=SIP%3Bcause%3D302>;index=1',
      'Alert-Info: <http://www.example.com/ring>;info=alert-autoanswer;delay=2',
      'Call-Info: <sip:example.com>;appearance-index=1;appearance-state=alerting',
      'X-Genesys-CallUUID: 01ABCDEF89',
      'Privacy: none',
    ],
    body: sdp,
  }),
  request('INVITE', 102, {
    to,
    fields: [contact, 'Replaces: abc@x;to-tag=1;from-tag=2;early-only', 'Require: replaces'],
  }),
  request('INVITE', 103, { to, fields: [contact], type: 'multipart/mixed;boundary=boundary1', body: twoParts }),
  request('CANCEL', 101, { to, fields: ['Reason: SIP;cause=200;text="Call completed elsewhere"'] }),
  request('ACK', 101),
  request('PRACK', 104, { fields: ['RAck: 776656 101 INVITE'] }),
  request('UPDATE', 105, { fields: [contact, 'Session-Expires: 1800;refresher=uac'], body: sdp }),
  request('INVITE', 106, { branch: 'z9hG4bK4b43c2ff8.2', fields: [contact], body: heldSdp }),
  request('INFO', 107, { type: 'application/dtmf-relay', body: 'Signal=5\r\nDuration=160\r\n' }),
  request('BYE', 108, { fields: ['Reason: Q.850;cause=16;text="Normal call clearing"'] }),
  // A call of ours.
  response('100 Trying', '7 INVITE', { to: '<sip:5551234@example.com>' }),
  response('180 Ringing', '7 INVITE', { fields: [contact, 'RSeq: 988789', 'Require: 100rel'] }),
  response('183 Session Progress', '7 INVITE', { fields: [contact], body: sdp }),
  response('200 OK', '7 INVITE', {
    fields: [contact, 'Record-Route: <sip:192.0.2.9;lr>', 'Supported: timer'],
    body: sdp,
  }),
  response('302 Moved Temporarily', '7 INVITE', {
    fields: ['Contact: <sip:5559999@example.com>;q=0.7, "Desk" <tel:+15559998;phone-context=x>;q=0.9'],
  }),
  response('422 Session Interval Too Small', '7 INVITE', { fields: ['Min-SE: 300'] }),
  response('486 Busy Here', '7 INVITE'),
  response('487 Request Terminated', '7 INVITE'),
  response('491 Request Pending', '8 INVITE'),
  response('200 OK', '9 BYE'),
  // Transfer.
  request('REFER', 201, {
    fields: [
      contact,
      'Refer-To: <sip:5559999@example.com?Replaces=12345%40192.0.2.9%3Bto-tag%3D12%3Bfrom-tag%3D34>',
      'Referred-By: <sip:5551234@example.com>',
    ],
  }),
  response('202 Accepted', '10 REFER', { fields: [contact] }),
  request('NOTIFY', 202, {
    fields: [contact, 'Event: refer;id=10', 'Subscription-State: active;expires=60'],
    type: 'message/sipfrag;version=2.0',
    body: 'SIP/2.0 180 Ringing\r\n',
  }),
  request('NOTIFY', 203, {
    fields: [contact, 'Event: refer', 'Subscription-State: terminated;reason=noresource'],
    type: 'message/sipfrag',
    body: 'SIP/2.0 200 OK\r\n',
  }),
  // Remote control and events.
  request('NOTIFY', 204, { fields: [contact, 'Event: talk', 'Subscription-State: active'] }),
  request('NOTIFY', 205, {
    to,
    fields: [contact, 'Event: message-summary', 'Subscription-State: active;expires=3599'],
    type: 'application/simple-message-summary',
    body: mailbox,
  }),
  request('NOTIFY', 206, {
    fields: [contact, 'Event: dialog', 'Subscription-State: active;expires=300'],
    type: 'application/dialog-info+xml',
    body: dialogInfo,
  }),
  request('NOTIFY', 207, {
    fields: [contact, 'Event: as-feature-event', 'Subscription-State: active;expires=300'],
    type: 'application/x-as-feature-event+xml',
    body: featureEvent,
  }),
  request('NOTIFY', 208, {
    fields: [contact, 'Event: reg', 'Subscription-State: active;expires=3600'],
    type: 'application/reginfo+xml',
    body: registrationInfo,
  }),
  request('NOTIFY', 209, { to, fields: [contact, 'Event: check-sync;reboot=true', 'Subscription-State: terminated'] }),
  request('SUBSCRIBE', 210, {
    to,
    fields: [contact, 'Event: dialog', 'Expires: 300', 'Accept: application/dialog-info+xml'],
  }),
  response('489 Bad Event', '11 SUBSCRIBE', { fields: ['Allow-Events: refer, talk, hold'] }),
  request('MESSAGE', 211, { to, type: 'text/plain;charset=UTF-8', body: 'Grüße' }),
  request('OPTIONS', 212, { to, fields: [contact, 'Accept: application/sdp'] }),
];
