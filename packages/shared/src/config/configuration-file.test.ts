/** The file as the vendor installs it, and what people make of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfigurationFile } from './configuration-file.ts';
import { findingText } from './finding.ts';

const shipped = readFileSync(new URL('testing/Softphone.config', import.meta.url), 'utf8');

function read(file: string | Uint8Array) {
  const reading = readConfigurationFile(typeof file === 'string' ? Buffer.from(file) : file);
  if ('unreadable' in reading) throw new Error(findingText(reading.unreadable));
  return { ...reading, told: reading.mistakes.map(findingText) };
}

const unreadable = (file: string | Uint8Array): string => {
  const reading = readConfigurationFile(typeof file === 'string' ? Buffer.from(file) : file);
  return 'unreadable' in reading ? findingText(reading.unreadable) : 'it was read';
};

const lineAt = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('the file as it is shipped', () => {
  it('is read without a mistake, and nothing in it is unknown', () => {
    const { told, unknown, notes, stop } = read(shipped);
    expect([told, unknown, stop]).toEqual([[], [], null]);
    expect(notes.map((it) => it.path)).toEqual(['policy.endpoint.rtp_port_min']);
  });

  it('means what the vendor means by it', () => {
    const { configuration } = read(shipped);
    expect(configuration.lines).toEqual([]);
    expect(configuration).toMatchObject({
      sipPorts: { min: 5060, max: 5080 },
      rtpPorts: { min: 8000, max: 9000 },
      sip: {
        publicAddress: '',
        ipVersions: 'IPv4',
        tcpPorts: { min: 0, max: 0 },
        osInUserAgent: true,
        tls: { certificate: '', checkName: false },
      },
      calls: {
        autoAnswer: false,
        autoAnswerDelayMs: 0,
        dtmfMethod: 'Rfc2833',
        rejectWhenBusy: false,
        sessionsForBusy: 1,
        busyStatus: 486,
        noHeadsetStatus: 480,
      },
      media: { useSrtp: 'disabled', rtpInactivityTimeoutS: 30, agc: true, vadLevel: 1, dtmfFeedback: true },
      devices: { useHeadset: false, headsetName: '*', audioLayer: 0, releaseMs: 200, restartIfStuck: true },
      alerting: { ringingMode: 1, ringbackMode: 0, callWaitingTone: true, ringWhileHeld: true },
      log: {
        enabled: true,
        outputs: 'stdout,Softphone.log',
        hideDtmf: false,
        level: 3,
        segmentKb: 10_240,
        expireFiles: 10,
      },
    });
    expect(configuration.media?.codecs.map((it) => [it.name, it.clockRate, it.payloadType, it.fmtp])).toEqual([
      ['PCMU', 8000, 0, ''],
      ['PCMA', 8000, 0, ''],
      ['G722', 8000, 0, ''],
      ['iLBC', 8000, 102, ''],
      ['iSAC', 16_000, 103, ''],
      ['iSAC', 32_000, 104, ''],
      ['G729', 8000, 0, 'annexb=yes'],
      ['opus', 48_000, 120, ''],
    ]);
  });

  it('has lines once an administrator has written them, each with what proxy0 says', () => {
    const { configuration, told } = read(
      shipped
        .replace('SipServer0.domain.invalid:5060" protocol="udp"', 'sip.example.org" protocol="TCP"')
        .replace('user="dn1"', 'user="7001"')
        .replace('SipServer1.domain.invalid', '[2001:db8::1]')
        .replace('name="password" value=""', 'name="password" value="p&amp;w&#x20AC;"'),
    );
    expect(told).toEqual([]);
    const common = { displayName: 'Genesys Softphone', password: 'p&w€', registerTimeoutS: 1800, nat: null };
    expect(configuration.lines).toMatchObject([
      { ...common, id: 'line0', user: 'dn0', server: 'sip.example.org', transport: 'tcp', registerIntervalS: 10 },
      { ...common, id: 'line1', user: '7001', server: '[2001:db8::1]:5060', transport: 'udp', registerIntervalS: 10 },
    ]);
  });
});

describe('a file that is not as it was shipped', () => {
  it.each<[string, string, string]>([
    ['a tag that is not closed', shipped.replace('</section>', ''), 'it is not well-formed XML'],
    ['a quote that is not closed', shipped.replace('value="3"/>', 'value="3/>'), 'it is not well-formed XML'],
    ['an end that is missing', shipped.slice(0, shipped.length / 2), 'it is not well-formed XML'],
    ['no XML', '{"policy": {}}\n', 'it is not well-formed XML'],
    ['nothing', '', 'the file is empty'],
    ['white space', ' \n\n', 'it is not well-formed XML'],
    ['too much', shipped + ' '.repeat(1 << 20), 'the file is larger than 1 MiB'],
    [
      'an entity that grows to a gigabyte',
      `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(1000)}">${[...'bcdefg']
        .map((name, at) => `<!ENTITY ${name} "${`&${'abcdef'[at]};`.repeat(10)}">`)
        .join('')}]>${shipped.replace(/<\?.*\?>/, '').replace('value="3"', 'value="&g;"')}`,
      'a document type declaration is not allowed in it',
    ],
    [
      'an entity that is not there',
      shipped.replace('value="Genesys Softphone"', 'value="&vendor;"'),
      'it is not well-formed XML',
    ],
    ['another encoding than there are', '<?xml version="1.0" encoding="ebcdic"?><r/>', 'its encoding is none of '],
  ])('with %s is refused in one sentence', (_, text, problem) => {
    expect(unreadable(text)).toMatch(/^(?:line \d+: )?[^\n]+; nothing of it is used\.$/);
    expect(unreadable(text)).toContain(problem);
  });

  it('tells the line of a fault', () => {
    const broken = shipped.replace(
      '<setting name="vad_level" value="1"/>',
      '<setting name="vad_level" value="1" value="2"/>',
    );
    expect(unreadable(broken)).toBe(
      `line ${lineAt(shipped, 'vad_level')}: it is not well-formed XML; nothing of it is used.`,
    );
  });

  it.each([
    ['rtp_inactivity_timeout', '4', '"4" is not a whole number from 5 to 150; 150 is used'],
    ['sip_transaction_timeout', '4s', '"4s" is not a whole number from 1 to 32000; 4000 is used'],
    ['auto_answer', 'perhaps', '"perhaps" is not 0 or 1; 0 is used'],
    ['dtmf_method', 'rfc4733', '"rfc4733" is not one of Rfc2833 | Info | InbandRtp; Rfc2833 is used'],
    ['webrtc_audio_layer', '3', '"3" is not one of 0 | 1 | 2 | 1000 | 2000 | 3000; 0 is used'],
    ['vq_alarm_threshold', '0.5', '"0.5" is not 0, or 1.0 to 5.0; 0 is used'],
    ['log_segment', 'a lot', '"a lot" is not false, or a number of KB, MB or hr; 10 MB is used'],
    ['turn_relay_type', 'sctp', '"sctp" is not one of 0 | udp | 1 | tcp | 2 | tls; udp is used'],
    ['certificate_search_value', 'abc', '"abc" is not 40 hexadecimal digits; it is left out'],
  ])('with %s "%s" is used all the same', (name, value, words) => {
    const text = shipped
      .replace(new RegExp(`(<setting name="${name}" value=)"[^"]*"`), `$1"${value}"`)
      .replace('turn.example.invalid', 'turn.example.org')
      .replace('SipServer0.domain.invalid', 'sip.example.org');
    const { told, configuration } = read(text);
    expect(told).toEqual([
      expect.stringMatching(new RegExp(`^line ${lineAt(text, `"${name}"`)}: [\\w.]+\\.${name}: `)),
    ]);
    expect(told[0]).toContain(`: ${words}.`);
    expect(configuration.lines).toHaveLength(1);
  });

  it('with a setting twice uses the last, and says so', () => {
    const text = shipped.replace(
      '<setting name="auto_answer" value="0"/>',
      '<setting name="auto_answer" value="0"/><setting name="auto_answer" value="1"/>',
    );
    const line = lineAt(text, '"auto_answer"');
    expect(read(text).configuration.calls?.autoAnswer).toBe(true);
    expect(read(text).told).toEqual([
      `line ${line}: policy.session.auto_answer: it stands in line ${line} already; this one is used.`,
    ]);
  });

  it('with unknown domains, sections and settings names each of them, and uses the rest', () => {
    const text = shipped
      .replace('<setting name="auto_answer" value="0"/>', '<setting name="auto_anwser" value="1"/>')
      .replace(
        '</settings>',
        '<domain name="extra"><section name="a"><setting name="b" value="c"/></section></domain></settings>',
      );
    expect(read(text)).toMatchObject({ told: [], unknown: ['policy.session.auto_anwser', 'extra.a.b'] });
  });

  it('with a port range upside down is the only one that stops the phone', () => {
    const { stop, told } = read(
      shipped.replace('name="sip_port_max" value="5080"', 'name="sip_port_max" value="5000"'),
    );
    expect(stop?.failure.code).toBe('TL5002');
    expect(told).toEqual([
      expect.stringContaining('5060 is greater than sip_port_max, 5000; the phone does not start.'),
    ]);
  });

  it('with names and texts beyond all measure is as small in memory as any other', () => {
    const names = `<section name="${'s'.repeat(100_000)}">${'<setting name="x" value="1"/>'.repeat(10_000)}</section>`;
    const long = read(
      shipped
        .replace('<section name="session">', `${names}<section name="session">`)
        .replace('name="public_address" value=""', `name="public_address" value="${'d'.repeat(3_000)}"`),
    );
    expect(long.told).toEqual([expect.stringContaining('text of 2048 characters at most')]);
  });

  it('of another program has no setting in it, which is said', () => {
    expect(read('<configuration><appSettings/></configuration>').told).toEqual([
      'there is no setting in it; the defaults are used.',
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['UTF-16', Buffer.from(`\uFEFF${shipped.replace('Genesys Softphone', 'Zoë')}`, 'utf16le')],
    [
      'UTF-16, and says so',
      Buffer.from(
        `\uFEFF${shipped.replace('utf-8', 'utf-16').replace('Genesys Softphone', 'Zoë')}`,
        'utf16le',
      ).swap16(),
    ],
    [
      'Windows-1252, and says so',
      Buffer.from(shipped.replace('utf-8', 'windows-1252').replace('Genesys Softphone', 'Zoë'), 'latin1'),
    ],
    [
      'UTF-8 with a byte order mark and the line ends of Windows',
      Buffer.from(`\uFEFF${shipped.replace('Genesys Softphone', 'Zoë').replaceAll('\n', '\r\n')}`),
    ],
  ])('may be in %s', (_, bytes) => {
    const text = Buffer.from(bytes);
    expect(read(text)).toMatchObject({ told: [], unknown: [] });
    expect(read(withLine(text)).configuration.lines[0]?.displayName).toBe('Zoë');
  });

  /** The same with a server in the place of the first placeholder. */
  function withLine(bytes: Buffer): Buffer {
    const [old, other] = ['SipServer0.domain.invalid', 'sip00000.domain.example'];
    const variants = [
      (it: string) => Buffer.from(it),
      (it: string) => Buffer.from(it, 'utf16le'),
      (it: string) => Buffer.from(it, 'utf16le').swap16(),
    ];
    const variant = variants.find((it) => bytes.includes(it(old)));
    if (!variant) throw new Error('no placeholder');
    const at = bytes.indexOf(variant(old));
    return Buffer.concat([bytes.subarray(0, at), variant(other), bytes.subarray(at + variant(old).length)]);
  }

  it('that is not UTF-8, though it says so, is read as what Windows writes', () => {
    const { told } = read(Buffer.from(shipped.replace('Genesys Softphone', 'Zoë'), 'latin1'));
    expect(told).toEqual(['it is not utf-8 text; it is read as windows-1252.']);
  });

  it('reaches for no other file and no network', async () => {
    let asked = 0;
    const server = createServer((_, response) => response.end(String(++asked)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const folder = mkdtempSync(join(tmpdir(), 'thinline-config-'));
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'hunter2');
    try {
      const body = shipped.replace(/<\?.*\?>/, '').replace('value="Genesys Softphone"', 'value="&x;"');
      for (const place of [`http://127.0.0.1:${port}/x`, `file://${secret}`]) {
        for (const declaration of [
          `<!DOCTYPE r [<!ENTITY x SYSTEM "${place}">]>`,
          `<!DOCTYPE r SYSTEM "${place}">`,
          `<!DOCTYPE r PUBLIC "p" "${place}" [<!ENTITY % y SYSTEM "${place}"> %y;]>`,
          `<?xml-stylesheet href="${place}"?>`,
        ]) {
          expect(unreadable(declaration + body)).toMatch(
            /^(a document type declaration is not allowed in it|line \d+: it is not well-formed XML); nothing of it is used\.$/,
          );
        }
        const included = `<r xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x ${place}"><xi:include href="${place}"/></r>`;
        expect(read(included).told).toEqual(['there is no setting in it; the defaults are used.']);
      }
      await new Promise((resolve) => setImmediate(resolve));
      expect(asked).toBe(0);
    } finally {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['elements within elements', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
    ['elements that never end', '<a>'.repeat(300_000)],
    ['settings', `<r><Container name="G"><s>${'<setting name="a" value="b"/>'.repeat(30_000)}</s></Container></r>`],
    ['attributes', `<r ${Array.from({ length: 40_000 }, (_, n) => `a${n}="${n}"`).join(' ')}/>`],
    ['comments', `<r>${'<!-- -->'.repeat(100_000)}</r>`],
    ['one value', `<r><Container name="G"><s><setting name="a" value="${'b'.repeat(1_000_000)}"/></s></Container></r>`],
    ['what is not closed', '<'.repeat(1_000_000)],
    ['ampersands', `<r a="${'&'.repeat(1_000_000)}"/>`],
  ])('of 1 MiB of %s is answered', (_, text) => {
    const reading = readConfigurationFile(Buffer.from(text));
    expect('unreadable' in reading || reading.mistakes.length <= 201).toBe(true);
  });
});
