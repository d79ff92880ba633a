/** What goes wrong in the field, each with one clear sentence and a code of the catalogue in `thinline ctl` and in the state. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { freePort } from '../peers/ports.ts';
import { type Phone, type PhoneOptions, startPhone } from '../phone.ts';

let lab: Lab;
let phone: Phone | null;

beforeEach(async () => {
  lab = await startLab();
  phone = null;
});
afterEach(async () => {
  await phone?.stop();
  await lab.close();
});

const start = async (options: Partial<PhoneOptions> & Pick<PhoneOptions, 'lines'>): Promise<Phone> => {
  phone = await startPhone(options);
  return phone;
};

const lineFails = async (it: Phone, code: string, deadline?: number) => {
  const state = await it.waitFor(
    `the line fails with ${code}`,
    (s) => s.phone?.lines[0]?.failure?.code === code,
    deadline,
  );
  expect(await it.does('state')).toContain(code);
  return state.phone?.lines[0]?.failure;
};

test('a wrong password', async () => {
  const it = await start({ lines: [{ user: lab.user, password: 'wrong', server: `${lab.host}:${lab.port}` }] });
  const failure = await lineFails(it, 'TL2001');
  expect(failure?.message).toContain(`${lab.host}:${lab.port}`);
  expect(it.log).not.toContain('wrong');
});

test('a server that is not there', async () => {
  const it = await start({ lines: [{ user: '701', server: `127.0.0.1:${await freePort()}`, transport: 'tcp' }] });
  await lineFails(it, 'TL2002');
});

test('a server that is silent', async () => {
  const silent = createSocket('udp4').bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const it = await start({ lines: [{ user: '701', server: `127.0.0.1:${silent.address().port}` }] });
  await lineFails(it, 'TL2002', 45_000);
  silent.close();
});

test('a server whose name nobody knows', async () => {
  const it = await start({ lines: [{ user: '701', server: 'no-such-host.test' }] });
  await lineFails(it, 'TL2003');
});

test('all SIP ports in use, until one is free', async () => {
  const taken = createSocket('udp4').bind(0, '0.0.0.0');
  await once(taken, 'listening');
  const { port } = taken.address();
  const it = await start({
    lines: [{ user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` }],
    sipPorts: { min: port, max: port },
  });
  const state = await it.waitFor('the notice', (s) => (s.phone?.notices.length ?? 0) > 0);
  expect(state.phone?.notices[0]?.failure?.code).toBe('TL2005');
  expect(await it.does('state')).toContain(`between ${port} and ${port}`);
  taken.close();
  await it.registered(20_000);
  expect(it.state().phone?.notices).toEqual([]);
});

test('a malformed destination', async () => {
  const it = await start({ lines: [{ user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` }] });
  await it.registered();
  for (const target of ['6 0 1', 'sip:', '601@@host', '<601>', 'a'.repeat(600)]) {
    const { code, stderr } = await it.ctl('dial', target);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TL(3001|6\d{3}): [^\n]+\n$/);
  }
});

test('no sound device', async () => {
  const it = await start({
    lines: [{ user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` }],
    audio: 'miniaudio',
    env: { PULSE_SERVER: 'unix:/nonexistent', THINLINE_AUDIO_ADDON: '/nonexistent.node' },
  });
  const state = await it.waitFor('the failure of sound', (s) => (s.phone?.audio?.failure ?? null) !== null);
  expect(state.phone?.audio?.failure?.code).toBe('TL4002');
  expect(await it.does('devices')).toContain(state.phone?.audio?.failure?.code ?? 'none');
});
