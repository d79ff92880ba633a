import { describe, expect, it, vi } from 'vitest';
import { isLevel, type Level, levels, makeLog, silent, strike } from './log.ts';

function collecting(level?: Level, name?: string) {
  const lines: string[] = [];
  const log = makeLog({ write: (line) => lines.push(line), ...(level ? { level } : {}), ...(name ? { name } : {}) });
  return { log, lines };
}

describe('levels', () => {
  it.each<[Level, string[]]>([
    ['fatal', []],
    ['error', ['error']],
    ['warning', ['error', 'warning']],
    ['info', ['error', 'warning', 'info']],
    ['debug', ['error', 'warning', 'info', 'debug']],
  ])('%s lets through %j', (level, through) => {
    const { log, lines } = collecting(level);
    for (const put of ['error', 'warning', 'info', 'debug'] as const) log[put](put);
    expect(lines.map((line) => line.split(/\s+/)[1])).toEqual(through);
  });

  it('are info where none is given', () => {
    const { log, lines } = collecting();
    log.info('shown');
    log.debug('not shown');
    expect(lines).toHaveLength(1);
  });

  it('are known by name', () => {
    for (const level of levels) expect(isLevel(level)).toBe(true);
    expect(isLevel('verbose')).toBe(false);
  });

  it('keep text that is not logged from being made', () => {
    const text = vi.fn(() => 'costly');
    collecting('info').log.debug(text);
    silent.error(text);
    expect(text).not.toHaveBeenCalled();
    const { log, lines } = collecting('debug');
    log.debug(text);
    expect(lines[0]).toMatch(/ debug {3}costly$/);
  });
});

describe('a record', () => {
  it('has time, level, name and text', () => {
    const { log, lines } = collecting('info', 'adapter');
    log.child('sip').child('tcp').warning('closed');
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning adapter\.sip\.tcp: closed$/);
  });

  it('is one line, and steers no terminal', () => {
    const { log, lines } = collecting();
    log.info('one\r\ntwo\x1b[2Jthree\x9b');
    expect(lines[0]).toMatch(/ one two \[2Jthree $/);
  });

  it('has its secrets struck out, those that span lines too', () => {
    const { log, lines } = collecting();
    log.info(
      () => 'REGISTER sip:example.org SIP/2.0\r\nAuthorization: Digest username="701",\r\n response="5ecre7"\r\n',
    );
    expect(lines[0]).not.toContain('5ecre7');
    expect(lines[0]).toContain('username="701"');
  });
});

const secret = 'hunter2+/=';

describe('strike', () => {
  it.each([
    `password=${secret}`,
    `password: ${secret}`,
    `Password = '${secret}'`,
    `password="${secret} ${secret}"`,
    `password='${secret}, ${secret}'`,
    `{"user":"701","password":"${secret}"}`,
    `{"password":"a\\"${secret}"}`,
    JSON.stringify(JSON.stringify({ password: `x"${secret}` })),
    `{ user: '701', password: '${secret}', turn_password: '${secret}' }`,
    `turn_password=${secret}`,
    `registration.password=${secret}`,
    `<setting name="password" value="${secret}"/>`,
    `<setting name='turn_password'  value='${secret} ${secret}' />`,
    `<Setting Name="password" Value=${secret}/>`,
    `<proxy password="${secret}"/>`,
    `Authorization: Digest username="701", realm="r", nonce="${secret}", uri="sip:r", response="${secret}"`,
    `Proxy-Authorization: Digest cnonce="${secret}", response = "${secret}"`,
    `<authenticationData><nonce>${secret}</nonce><response>${secret}</response></authenticationData>`,
    `<csta:password>${secret}</csta:password>`,
    `Authentication-Info: nextnonce="${secret}", rspauth="${secret}"`,
    `Authorization: Bearer ${secret}`,
    `Authorization: Basic ${secret}`,
    `"authorization":"Bearer ${secret}"`,
    `sent Bearer ${secret}${secret}`,
    `http://127.0.0.1:8000/?token=${secret}&view=calls`,
    `{"token":"${secret}","x":1}`,
    `{"access_token": "${secret}"}`,
    `telemetry_token: ${secret}`,
    `Cookie: SESSIONID=${secret}; Path=/`,
    `client_secret=${secret}`,
    `api_key=${secret}`,
    'sip:701:hunter2+=@example.org',
    'https://ada:hunter2%2F@example.org/path',
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${secret}|2^20|1:4`,
    `a=ice-pwd:${secret}`,
  ])('leaves nothing secret in: %s', (text) => {
    expect(strike(text)).not.toContain('hunter2');
    expect(strike(text)).toContain('*****');
  });

  it('takes a value to the end of its quotes, or of the text where they are not closed', () => {
    expect(strike('password="one two", realm="r"')).toBe('password=*****, realm="r"');
    expect(strike('password="one two')).toBe('password=*****');
  });

  it.each([
    'TL2001: The server example.org refused the password of 701. User name or password is wrong (SIP 401).',
    'line 3: proxies.proxy0.reg_timeout is "x"',
    'This page has no token, or an old one.',
    'the response came after 20 ms',
    '<agentID/><password/>',
    'INVITE sip:602@example.org:5060 SIP/2.0',
    'Basic container of Softphone.config',
    'not used yet by this version: proxies.proxy0.nat.turn_password, policy.session.agc_mode',
    'at 2026-01-02T03:04:05.678Z from 127.0.0.1:5060',
  ])('leaves alone: %s', (text) => {
    expect(strike(text)).toBe(text);
  });

  it('takes no longer for text made to hold it up', () => {
    const texts = [
      'password="'.repeat(20_000),
      `password=${'\\'.repeat(200_000)}`,
      'a.'.repeat(100_000),
      'https://a:'.repeat(20_000),
      'sip:a:'.repeat(30_000),
      `password${' '.repeat(100_000)}`,
      'name="'.repeat(30_000),
      '<password>'.repeat(20_000),
    ];
    const before = performance.now();
    for (const text of texts) strike(text);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
