/** `thinline ctl` against a running phone and the lab: each verb does what it says, and `state` tells the truth at each step. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { type Phone, startPhone } from '../phone.ts';

let lab: Lab;
let phone: Phone;

beforeAll(async () => {
  lab = await startLab();
  const { host, port, user, password } = lab;
  phone = await startPhone({ lines: [{ user, password, server: `${host}:${port}` }] });
  await phone.registered();
});
afterAll(async () => {
  await phone?.stop();
  await lab?.close();
});

const callsNow = async () => JSON.parse(await phone.does('state', '--json')).phone.calls;

test('dial, state, hold, resume, dtmf, hangup', async () => {
  const { callId } = JSON.parse(await phone.does('dial', '601', '--json'));
  expect(callId).toMatch(/^[0-9a-f]{8}$/);
  await phone.call('TALKING');
  expect(await callsNow()).toMatchObject([
    { id: callId, state: 'TALKING', direction: 'OUTGOING', remote: { number: '601' } },
  ]);

  await phone.does('hold', '--json');
  expect(await callsNow()).toMatchObject([{ id: callId, state: 'HELD' }]);

  await phone.does('resume', '--json');
  expect(await callsNow()).toMatchObject([{ id: callId, state: 'TALKING' }]);

  await phone.does('dtmf', '12#');
  expect(await callsNow()).toMatchObject([{ id: callId, dtmfSent: '12#' }]);

  await phone.does('mute');
  expect(await callsNow()).toMatchObject([{ id: callId, muted: true }]);
  await phone.does('unmute');
  expect(await callsNow()).toMatchObject([{ id: callId, muted: false }]);

  await phone.does('hangup', '--json');
  await phone.noCalls();
  expect(await callsNow()).toEqual([]);
});

test('605 calls back, and the call can be answered', async () => {
  await phone.does('dial', '605');
  const incoming = await phone.waitFor('605 rings here', ({ phone }) =>
    (phone?.calls ?? []).some((call) => call.state === 'ALERTING' && call.remote?.number === '605'),
  );
  expect(incoming.phone?.calls.find((call) => call.state === 'ALERTING')?.direction).toBe('INCOMING');
  await phone.does('answer');
  await phone.call('TALKING');
  await phone.does('hangup');
  await phone.noCalls();
});

test('606 is followed to 601, and says so', async () => {
  await phone.does('dial', '606');
  const call = await phone.call('TALKING');
  expect(call.redirections).toMatchObject([{ status: 302, target: expect.stringContaining('601') }]);
  await phone.does('hangup');
  await phone.noCalls();
});

test('608 hears our digits and sends its own', async () => {
  await phone.does('dial', '608');
  await phone.call('TALKING');
  const heard = lab.digitsHeard(4);
  await phone.does('dtmf', '159#');
  expect(await heard).toBe('159#');
  await phone.waitFor('608 sends digits', ({ phone }) => (phone?.calls[0]?.dtmfReceived.length ?? 0) >= 4);
  await phone.does('hangup');
  await phone.noCalls();
});

test.each([
  ['603', 'TL3006', 'busy'],
  ['699', 'TL3008', 'does not exist'],
])('a call to %s fails with %s', async (number, code, words) => {
  const failed = phone.released();
  await phone.does('dial', number);
  const { failure } = await failed;
  expect(failure?.code).toBe(code);
  expect(failure?.message).toContain(words);
  // Whoever dialled from a script reads it afterwards.
  expect(await phone.does('state')).toContain(`${number}  ended  ${code}`);
});

test.each([
  [['dial', 'not a number'], 'TL3001'],
  [['hangup'], 'TL3003'],
  [['dtmf', '12'], 'TL3003'],
  [['answer', '--call', 'nonsense'], 'TL3003'],
  [['sing'], 'TL6003'],
  [['dial'], 'TL6003'],
  [['transfer'], 'TL6003'],
  [['agent', 'login'], 'TL6003'],
  [['dnd', 'maybe'], 'TL6003'],
  [['forward', 'never', '602'], 'TL6003'],
])('ctl %s ends non-zero with one line', async (words, code) => {
  const { code: exit, stderr } = await phone.ctl(...words);
  expect(exit).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(code);
});

test('a second Thinline fails with a sentence, and leaves the phone to the first', async () => {
  const second = await phone.second();
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('TL6005');
  expect(phone.state().link.state).toBe('up');
  expect(JSON.parse(await phone.does('state', '--json')).link.state).toBe('up');
});
