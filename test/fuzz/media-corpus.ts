/** Packets and descriptions of sound that nothing is wrong with, to begin with. */

type Items = readonly [string, ...string[]];
const packets = ([first, ...rest]: Items): [Buffer, ...Buffer[]] => [
  Buffer.from(first.replaceAll(' ', ''), 'hex'),
  ...rest.map((text) => Buffer.from(text.replaceAll(' ', ''), 'hex')),
];

const ssrc = '5501a0b2';

/** RFC 3550, 3551, 4733, 3389 and 2198. */
export const rtpCorpus = packets([
  `8000 0001 000000a0 ${ssrc} ${'d5'.repeat(160)}`,
  `8080 ffff fffffff0 ${ssrc} ${'7f00'.repeat(40)}`,
  `b200 0002 00000140 ${ssrc} 00000001 00000002 bede0002 10ff0000 22aabbcc ${'55'.repeat(80)} 00000004`,
  `80e5 0003 000001e0 ${ssrc} 050a0140`,
  `8065 0004 000001e0 ${ssrc} 058a0500`,
  `800d 0005 00000280 ${ssrc} 4e`,
  `8079 0006 00000320 ${ssrc} 8002 80a0 8001 40a0 00 ${'11'.repeat(160)}${'22'.repeat(160)}${'33'.repeat(160)}`,
  `806f 0007 000003c0 ${ssrc} 78 ${'5a'.repeat(60)}`,
]);

const sourceDescription = `81ca0004 ${ssrc} 0107 61626364656667 000000`;
const senderReport = `81c8000c ${ssrc} e1000000 80000000 00000280 0000002a 00001a40 deadbeef 00000000 00010005 00000010 b1008000 00008000`;

/** RFC 3550 §6.4, RFC 3611 §4.4, §4.5 and §4.7, RFC 4585 §6.1. */
export const rtcpCorpus = packets([
  `${senderReport} ${sourceDescription}`,
  `81c90007 ${ssrc} deadbeef 05ffffff 00010005 00000010 00000000 00000000 ${sourceDescription} 81cb0001 ${ssrc}`,
  `80c90001 ${ssrc} 80cf000a ${ssrc} 07000008 deadbeef 05000010 00280000 003c003c f6ba7f10 5d5d2a2a b0000028 003c00c8`,
  `80c90001 ${ssrc} 80cf0004 ${ssrc} 04000002 e1000000 80000000`,
  `80c90001 ${ssrc} 80cf0005 ${ssrc} 05000003 deadbeef b1008000 00008000`,
  `80c90001 ${ssrc} 81cd0003 ${ssrc} deadbeef 00050000`,
]);

/** RFC 5769 §2.1 and §2.2; and without integrity, which is checked first: RFC 8489 §14, RFC 8445 §7.1, RFC 8656 §18. */
export const stunCorpus = packets([
  '000100582112a442b7e7a701bc34d686fa87dfae 802200105354554e207465737420636c69656e74 002400046e0001ff80290008932ff9b151263b36 000600096576746a3a68367659202020 000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004e57a3bcf',
  '0101003c2112a442b7e7a701bc34d686fa87dfae 8022000b7465737420766563746f7220 002000080001a147e112a643 000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96',
  '010100282112a442b7e7a701bc34d686fa87dfae 8022000b7465737420766563746f7220 002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9',
  '000100282112a442b7e7a701bc34d686fa87dfae 00250000 002400046e0001ff 80290008932ff9b151263b36 000600096576746a3a68367659202020',
  '011100142112a442b7e7a701bc34d686fa87dfae 0009000f 00000426 5374616c65204e6f6e636500',
]);

const description = (...lines: string[]): string =>
  [...['v=0', 'o=root 1821 1821 IN IP4 192.0.2.20', 's=call', 'c=IN IP4 192.0.2.20', 't=0 0'], ...lines, ''].join(
    '\r\n',
  );

const inline = 'd0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';

/** RFC 3264, 4568, 5763, 8839, 2198, 3611 and 3605. */
export const descriptionCorpus: [Buffer, ...Buffer[]] = [
  Buffer.from(
    description(
      ...['m=audio 4000 RTP/AVP 0 8 9 18 111 101 13', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:111 opus/48000/2'],
      ...['a=fmtp:111 useinbandfec=1;usedtx=1', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16'],
      ...['a=fmtp:18 annexb=no', 'a=ptime:20', 'a=maxptime:60', 'a=rtcp:4001 IN IP4 192.0.2.20', 'a=sendrecv'],
    ),
  ),
  Buffer.from(
    description(
      ...['m=audio 4000 RTP/SAVP 0 121 101', 'a=rtpmap:121 red/8000', 'a=fmtp:121 0/0/0', 'a=rtcp-mux'],
      `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${inline}|2^20|1:4 UNENCRYPTED_SRTCP`,
      `a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${inline}|1048576 WSH=64`,
      ...['a=rtcp-xr:voip-metrics rcvr-rtt=all:10', 'm=video 0 RTP/AVP 31', 'a=inactive'],
    ),
  ),
  Buffer.from(
    description(
      ...['a=group:BUNDLE 0', 'a=ice-lite', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0 101', 'a=mid:0', 'a=rtcp-mux-only'],
      ...['a=setup:actpass', `a=fingerprint:sha-256 ${Array(32).fill('A1').join(':')}`, 'a=ice-ufrag:evtjh6vY'],
      ...['a=ice-pwd:VOkJxbRl1RmTxUkWvJxBtx12', 'a=rtpmap:111 opus/48000/2'],
      'a=candidate:1 1 UDP 2130706431 192.0.2.20 4000 typ host',
      'a=candidate:2 1 udp 1694498815 198.51.100.7 45664 typ srflx raddr 192.0.2.20 rport 4000',
      'a=candidate:3 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active',
      'a=end-of-candidates',
    ),
  ),
];

/** Values of a=candidate (RFC 8839 §5.1, RFC 6544 §4.5). */
export const candidateCorpus: [Buffer, ...Buffer[]] = [
  Buffer.from('1 1 UDP 2130706431 192.0.2.20 4000 typ host'),
  Buffer.from('2 1 udp 1694498815 198.51.100.7 45664 typ srflx raddr 192.0.2.20 rport 4000'),
  Buffer.from('4 1 UDP 16777215 2001:db8::7 50000 typ relay raddr :: rport 9 generation 0 ufrag evtj'),
  Buffer.from('3 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active'),
  Buffer.from('842163049 1 udp 1677729535 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d.local 46154 typ host'),
];
