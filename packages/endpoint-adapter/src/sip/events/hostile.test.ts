/** Every package, with bodies as long as a message may be. */
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { eventPackages } from '../testing/event-packages.ts';
import { messageWith } from '../testing/message-with.ts';
import { readDtmfBody } from './dtmf-body.ts';
import { readSipfrag } from './sipfrag.ts';
import { readXml } from './xml.ts';

const size = 65_000;
const pieces = [
  'a',
  ' ',
  '\n',
  '\r',
  '<',
  '>',
  '&',
  '&amp;',
  '<a>',
  '<a',
  '</a>',
  '<a b="',
  '<!--',
  '<?a ',
  '<![CDATA[',
  '<b/>',
  '=',
  '"',
  ':',
  '1/1(',
  'Messages-Waiting: yes\n',
  'Message-Account: x\n',
  'Voice-Message: 1/1 (',
  'Signal=1\n',
  '--b\r\n',
  'SIP/2.0 200 ',
  ' a="1"',
  ' xmlns:a="b"',
  '\u0000',
  '\ud800',
];
const starts = ['', '<a ', '<a>', '<HotelingEvent>', 'SIP/2.0 200 ', 'Voice-Message: ', '--b\r\n'];

const everyBody = (): string[] =>
  starts.flatMap((start) =>
    pieces.map((piece) => (start + piece.repeat(Math.ceil(size / piece.length))).slice(0, size)),
  );

describe('bodies of 64 kB', () => {
  it.each(eventPackages)('$event bears them', (it) => {
    const notify = messageWith();
    for (const body of everyBody())
      for (const type of [it.accept[0] ?? '', 'multipart/mixed;boundary=b']) {
        const before = cpuTime();
        it.read(type, body, notify);
        expect(cpuTime() - before, body.slice(0, 40)).toBeLessThan(1_000);
      }
  });

  it('digits bear them', () => {
    for (const body of everyBody()) expect(readDtmfBody('text/plain', body)).toBeNull();
  });

  it('sipfrag bears them', () => {
    for (const body of everyBody()) {
      const before = cpuTime();
      readSipfrag(body);
      expect(cpuTime() - before, body.slice(0, 40)).toBeLessThan(1_000);
    }
  });

  it('many attributes and many namespaces are read in time, or not at all', () => {
    const attributes = Array.from({ length: 6_000 }, (_, i) => `a${i}=""`).join(' ');
    const nested = Array.from({ length: 1_000 }, (_, i) => `<a xmlns:b${i}="u">`).join('') + '</a>'.repeat(1_000);
    const before = cpuTime();
    expect(readXml(`<a ${attributes}/>`)?.attributes.size).toBe(6_000);
    expect(readXml(nested)).toBeNull();
    expect(cpuTime() - before).toBeLessThan(1_000);
  });
});
