import { expect, it } from 'vitest';
import { readTlsWords } from './tls.ts';

const files = { 'tls-certificate': 'own.pem', 'tls-authorities': 'ours.pem' };

it('the command line asks for TLS with a place and both files, or not at all', () => {
  expect(readTlsWords({})).toBeNull();
  expect(readTlsWords({ tls: '10.0.0.7:4433', ...files })).toEqual({
    host: '10.0.0.7',
    port: 4433,
    certificate: 'own.pem',
    authorities: 'ours.pem',
  });
});

it.each([
  [{ tls: '4433', ...files }, '--tls takes HOST:PORT, and "4433" is none.'],
  [{ tls: '', ...files }, '--tls takes HOST:PORT, and "" is none.'],
  [{ tls: '10.0.0.7:4433' }, '--tls needs --tls-certificate FILE and --tls-authorities FILE.'],
  [{ tls: '10.0.0.7:4433', 'tls-certificate': 'own.pem' }, '--tls needs --tls-certificate FILE'],
  [{ tls: '10.0.0.7:4433', ...files, 'tls-authorities': '' }, '--tls needs --tls-certificate FILE'],
  [files, '--tls-certificate and --tls-authorities are of use with --tls only.'],
])('%j is a mistake', (words, sentence) => {
  expect(() => readTlsWords(words)).toThrow(sentence);
});
