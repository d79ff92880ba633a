import { describe, expect, it } from 'vitest';
import { readSipfrag, writeSipfrag } from './sipfrag.ts';

describe('sipfrag', () => {
  it.each([
    ['SIP/2.0 100 Trying', 100, 'Trying'],
    ['\r\nSIP/2.0 200 OK\r\nContact: <sip:a@b>\r\n', 200, 'OK'],
    ['SIP/2.0 486\r\n', 486, ''],
    ['SIP/2.0 603 No Thanks \n', 603, 'No Thanks'],
  ])('%j', (body, status, reason) => {
    expect(readSipfrag(body)).toEqual({ status, reason });
  });

  it.each(['', 'SIP/2.0', 'SIP/2.0 99 x', 'INVITE sip:a SIP/2.0', 'SIP/3.0 200 OK'])('refuses %j', (body) => {
    expect(readSipfrag(body)).toBeNull();
  });

  it('writes one line', () => {
    expect(writeSipfrag(180, 'Ringing')).toBe('SIP/2.0 180 Ringing\r\n');
    expect(writeSipfrag(500, 'a\r\nb')).toBe('SIP/2.0 500 a  b\r\n');
  });
});
