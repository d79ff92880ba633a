/** The phone against every scenario: what its user does meanwhile, and what the user sees. */
import { afterAll, afterEach, describe, test } from 'vitest';
import { freePort } from '../../peers/ports.ts';
import { hasPeers } from '../../peers/required.ts';
import { type Sipp, startSipp } from '../../peers/sipp.ts';
import { type Phone, startPhone } from '../../phone.ts';
import type { PhoneName, Place, Scenario } from './scenario.ts';
import { readScenario } from './scenario-file.ts';
import { scenarios } from './scenarios.ts';

const settings: Record<PhoneName, Record<string, string>> = {
  usual: {},
  other: {
    'policy.endpoint.refer_to_proxy': '1',
    'policy.session.dtmf_method': 'Info',
    'policy.session.reject_session_when_busy': '1',
    'proxies.proxy2.reg_event': '1',
  },
  eager: {
    'policy.session.auto_answer': '1',
    'policy.session.auto_answer_delay': '0',
  },
  featured: {
    'proxies.proxy2.mailbox.user': 'box',
    'proxies.proxy3.agent_state': 'features',
    'proxies.proxy4.agent_state': 'presence',
    'proxies.proxy5.shared_line': '1',
  },
};

const hosts: Record<Place, string> = { server: '127.0.0.1', elsewhere: '127.0.0.2', registrar: '127.0.0.1' };

interface Rig {
  phone: Phone;
  phonePort: number;
  ports: Record<Place, number>;
}

/** One phone for all scenarios, unless one of them failed and may have left something behind. */
const rigs = new Map<PhoneName, Rig>();
const running: Sipp[] = [];

async function startRig(name: PhoneName): Promise<Rig> {
  const ports = {
    server: await freePort(hosts.server),
    elsewhere: await freePort(hosts.elsewhere),
    registrar: await freePort(hosts.registrar),
  };
  const phonePort = await freePort();
  const at = (place: Place) => `${hosts[place]}:${ports[place]}`;
  const registered = { server: at('registrar'), password: 'secret', registerTimeout: 60, registerInterval: 0 };
  const lines = [
    { user: 'agent', server: at('server'), registerTimeout: 0 },
    { user: 'other', server: at('elsewhere'), registerTimeout: 0 },
    { user: 'registered', ...registered },
    ...(name === 'featured' ? ['seated', 'watched', 'shared'].map((user) => ({ user, ...registered })) : []),
  ];
  const phone = await startPhone({
    lines,
    sipPorts: { min: phonePort, max: phonePort },
    settings: settings[name],
    env: { THINLINE_AGENT_PASSWORD: 'agent-secret' },
  });
  const rig = { phone, phonePort, ports };
  rigs.set(name, rig);
  await phone.waitFor('the lines are there', ({ phone: it }) => it?.lines.length === lines.length);
  return rig;
}

async function stopRig(name: PhoneName): Promise<void> {
  const rig = rigs.get(name);
  rigs.delete(name);
  await rig?.phone.stop();
}

function start(name: string, rig: Rig, place: Place, it: Scenario, form: string): Promise<Sipp> {
  const { phonePort, ports } = rig;
  const called = it.caller === 'sipp' && !name.endsWith('.beside');
  return startSipp({
    scenario: readScenario(name),
    name,
    host: hosts[place],
    localPort: ports[place],
    keys: { elsewhere: `${hosts.elsewhere}:${ports.elsewhere}`, form },
    ...(called ? { remote: `127.0.0.1:${phonePort}`, service: 'agent' } : {}),
    calls: it.calls ?? 1,
    retransmissions: it.retransmissions ?? true,
  });
}

async function run(name: string, it: Scenario, form = ''): Promise<void> {
  const phoneName = it.phone ?? 'usual';
  const rig = rigs.get(phoneName) ?? (await startRig(phoneName));
  const { phone } = rig;
  await it.before?.(phone);
  if (it.beside) running.push(await start(`${name}.beside`, rig, it.beside, it, form));
  running.push(await start(name, rig, it.at ?? 'server', it, form));
  // SIPp's own report says best what went wrong on the wire, so it is asked first.
  const user = it.user?.(phone);
  user?.catch(() => {});
  for (const sipp of running) await sipp.passed();
  await user;
  await it.after?.(phone);
  await phone.noCalls();
}

describe.skipIf(!hasPeers('sipp'))('the phone on the wire', () => {
  afterEach(async ({ task }) => {
    for (const sipp of running.splice(0)) await sipp.stop();
    if (task.result?.state === 'fail') for (const name of rigs.keys()) await stopRig(name);
  });
  afterAll(async () => {
    for (const name of rigs.keys()) await stopRig(name);
  });

  for (const [name, it] of scenarios) {
    if (it.forms) test.each(it.forms)(`${name}: %s`, (form) => run(name, it, form));
    else test(name, () => run(name, it));
  }
});
