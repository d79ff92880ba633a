import { expect, test } from 'vitest';
import { help, readOptions } from './command-line.ts';

const read = (words: string) => readOptions(words === '' ? [] : words.split(' '));
const files = '--tls-certificate c.pem --tls-authorities a.pem';
const tls = (host: string, port: number) => ({ tls: { host, port, certificate: 'c.pem', authorities: 'a.pem' } });

test('nothing listens beside the socket, unless it is told to', () => {
  expect(read('')).toEqual({
    show: null,
    socket: expect.stringContaining('adapter'),
    socketOnly: false,
    tls: null,
    page: null,
    audio: null,
    linger: null,
    level: null,
  });
});

test.each([
  ['--socket /run/a.sock', { socket: '/run/a.sock' }],
  ['--socket-only', { socketOnly: true }],
  ['--page 0', { page: 0 }],
  ['--page 8001', { page: 8001 }],
  ['--linger 0', { linger: 0 }],
  ['--audio virtual', { audio: 'virtual' }],
  ['--log-level debug', { level: 'debug' }],
  ['--version', { show: 'version' }],
  ['--version --help', { show: 'help' }],
  [`--tls 127.0.0.1:7000 ${files}`, tls('127.0.0.1', 7000)],
  [`--tls desk.example.org:0 ${files}`, tls('desk.example.org', 0)],
  [`--tls [::1]:7000 ${files}`, tls('::1', 7000)],
])('"%s" is %j', (words, expected) => {
  expect(read(words)).toMatchObject(expected);
});

test.each([
  ['--socket-only --page 0', '--socket-only opens nothing else'],
  [`--socket-only --tls 127.0.0.1:7000 ${files}`, '--socket-only opens nothing else'],
  ['--page x', '"x" is not a port.'],
  ['--page -1', "'--page' argument is ambiguous"],
  ['--page 65536', '"65536" is not a port.'],
  ['--page', "'--page <value>' argument missing"],
  ['--linger -1', "'--linger' argument is ambiguous"],
  ['--linger 86401', '--linger takes seconds, at most 86400.'],
  ['--linger=', '--linger takes seconds'],
  ['--log-level loud', '"loud" is not a log level'],
  ['--dial 601', "Unknown option '--dial'"],
  ['--tls 127.0.0.1:7000', '--tls needs --tls-certificate FILE and --tls-authorities FILE.'],
  ['--tls 0.0.0.0:7000 --tls-certificate c.pem', '--tls needs '],
  ['--tls 0.0.0.0:7000 --tls-certificate= --tls-authorities a.pem', '--tls needs '],
  [`--tls 7000 ${files}`, '--tls takes HOST:PORT'],
  [files, 'are of use with --tls only.'],
])('"%s": %s', (words, why) => {
  expect(() => read(words)).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: 'TL6003', message: expect.stringContaining(why) }),
    }),
  );
});

test('help names every option', () => {
  for (const option of [
    'socket',
    'socket-only',
    'tls',
    'tls-certificate',
    'tls-authorities',
    'page',
    'audio',
    'linger',
    'log-level',
  ]) {
    expect(help()).toContain(`  --${option} `);
  }
});
