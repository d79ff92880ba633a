import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { Framer, FramingError } from './framer.ts';

const text = (body: string, length = String(Buffer.byteLength(body))): string =>
  `OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\nContent-Length: ${length}\r\n\r\n${body}`;

const frames = (framer: Framer, input: string): string[] =>
  framer.push(Buffer.from(input)).map((frame) => (frame.kind === 'message' ? frame.bytes.toString() : frame.kind));

describe('Framer', () => {
  it('finds messages wherever the stream is cut', () => {
    const stream = `${text('héllo')}\r\n${text('')}${text('x')}`;
    const bytes = Buffer.from(stream);
    for (let size = 1; size < bytes.length; size++) {
      const framer = new Framer();
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += size)
        for (const frame of framer.push(bytes.subarray(at, at + size)))
          if (frame.kind === 'message') found.push(frame.bytes.toString());
      expect(found).toEqual([text('héllo'), text(''), text('x')]);
      expect(framer.partial).toBe(false);
    }
  });

  it('tells pings from pongs', () => {
    expect(frames(new Framer(), '\r\n\r\n')).toEqual(['ping']);
    expect(frames(new Framer(), '\r\n')).toEqual(['pong']);
    expect(frames(new Framer(), `\r\n\r\n${text('x')}\r\n`)).toEqual(['ping', text('x'), 'pong']);
  });

  it('reads the compact form', () => {
    const compact = 'SIP/2.0 200 OK\r\nl : 2\r\n\r\nab';
    expect(frames(new Framer(), `${compact}${compact}`)).toEqual([compact, compact]);
  });

  it('is not held up by white space', () => {
    const before = cpuTime();
    expect(() => frames(new Framer(), `OPTIONS sip:a SIP/2.0\r\nl:${' '.repeat(16_000)}x y\r\n\r\n`)).toThrow(
      FramingError,
    );
    expect(cpuTime() - before).toBeLessThan(500);
  });

  it.each([
    ['not SIP', 'GET / HTTP/1.1\r\n\r\n'],
    ['no line end', 'x'.repeat(5_000)],
    ['an endless header', `OPTIONS sip:a SIP/2.0\r\n${'A: b\r\n'.repeat(4_000)}`],
    ['no length', 'OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n'],
    ['a bad length', text('', '-1')],
    ['a length over all bounds', text('', '65536')],
    ['two lengths', 'OPTIONS sip:a SIP/2.0\r\nl: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('closes on %s', (_, input) => {
    expect(() => frames(new Framer(), input)).toThrow(FramingError);
  });
});
