import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { readBodies, readMediaType } from './multipart.ts';

const read = (contentType: string, body: string) =>
  readBodies(contentType, body).map(({ type, content }) => [type, content]);
const lines = (...all: string[]): string => all.join('\r\n');

describe('readMediaType', () => {
  it('reads types and parameters', () => {
    const read = readMediaType(' Multipart / Mixed ; Boundary="a b" ; x');
    expect(read?.type).toBe('multipart/mixed');
    expect([...(read?.parameters ?? [])]).toEqual([
      ['boundary', 'a b'],
      ['x', ''],
    ]);
  });

  it.each(['', 'text', 'text/', '/plain', 'text/plain x', 'text/plain;;'])('refuses %j', (value) => {
    expect(readMediaType(value)).toBeNull();
  });
});

describe('readBodies', () => {
  it('is one body mostly', () => {
    expect(read('Application/SDP', 'v=0\r\n')).toEqual([['application/sdp', 'v=0\r\n']]);
    expect(read('application/sdp', '')).toEqual([]);
    expect(read('', 'x')).toEqual([['', 'x']]);
    expect(read('multipart/mixed', 'x')).toEqual([['multipart/mixed', 'x']]);
    expect(readBodies('text/plain;charset=UTF-8', 'x')[0]?.parameters.get('charset')).toBe('UTF-8');
  });

  it('reads the parts of a mixed body with their fields', () => {
    const body = lines(
      'preamble',
      '--b1',
      'c: application/sdp',
      'Content-Disposition: session;',
      ' handling=required',
      '',
      'v=0',
      '',
      '--b1 \t',
      '',
      'no fields',
      '--b1x',
      '--b1--',
      'epilogue --b1',
    );
    const parts = readBodies('multipart/mixed;boundary=b1', body);
    expect(parts.map(({ type, content }) => [type, content])).toEqual([
      ['application/sdp', 'v=0\r\n'],
      ['text/plain', 'no fields\r\n--b1x'],
    ]);
    expect(parts[0]?.fields).toEqual([
      { name: 'content-type', value: 'application/sdp' },
      { name: 'content-disposition', value: 'session; handling=required' },
    ]);
  });

  it('reads bodies inside bodies, three deep', () => {
    const nest = (depth: number): string =>
      depth === 0
        ? lines('', 'core')
        : lines(
            `Content-Type: multipart/alternative;boundary=b${depth}`,
            '',
            `--b${depth}`,
            nest(depth - 1),
            `--b${depth}--`,
          );
    const outer = (depth: number) => read('multipart/mixed;boundary=o', lines('--o', nest(depth), '--o--'));
    expect(outer(0)).toEqual([['text/plain', 'core']]);
    expect(outer(2)).toEqual([['text/plain', 'core']]);
    expect(outer(3)).toEqual([['multipart/alternative', lines('--b1', '', 'core', '--b1--')]]);
  });

  it('takes what it gets of a body that is cut off or has bare line feeds', () => {
    expect(read('multipart/mixed;boundary=b', lines('--b', '', 'x'))).toEqual([['text/plain', 'x']]);
    expect(read('multipart/mixed;boundary=b', '--b\nd: e\nc: a/b\n\nx\n--b--')).toEqual([['a/b', 'x']]);
    expect(read('multipart/mixed;boundary=b', '--b--')).toEqual([]);
    expect(read('multipart/mixed;boundary=b', 'no delimiter')).toEqual([]);
    expect(read('multipart/mixed;boundary=b', '--b\r\n--b\r\n--b--')).toEqual([
      ['text/plain', ''],
      ['text/plain', ''],
    ]);
  });

  it('bounds parts and time', () => {
    expect(read('multipart/mixed;boundary=b', '--b\r\n\r\nx\r\n'.repeat(100))).toHaveLength(16);
    const inner = `--c\r\n\r\nx\r\n`.repeat(20);
    const many = `--b\r\nc: multipart/mixed;boundary=c\r\n\r\n${inner}\r\n`.repeat(20);
    expect(read('multipart/mixed;boundary=b', many)).toHaveLength(16);
    for (const piece of ['--b', '\r\n--b', '\r\n', '--b \r\n', '\n\r', ' ', 'a:\r\n ']) {
      const started = cpuTime();
      readBodies('multipart/mixed;boundary=b', `--b\r\n${piece.repeat(65_536 / piece.length)}`);
      expect(cpuTime() - started).toBeLessThan(300);
    }
    expect(read(`multipart/mixed;boundary=${'b'.repeat(71)}`, 'x')).toEqual([['multipart/mixed', 'x']]);
  });
});
