/** thinline ctl: a running phone from the command line. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import type { PhoneState } from '../endpoint/replica.ts';
import type { CommandAnswer } from '../panel/api.ts';
import { ask, Refused } from './control.ts';
import { devicesText, qualitiesText, stateText } from './show.ts';
import { type Verb, verbs } from './verbs.ts';

const help = `thinline ctl VERB [--call ID] [--json]: control a running phone.

${verbs.map((verb) => `  ${`${verb.name} ${verb.argument}`.padEnd(20)}${verb.meaning}`).join('\n')}

  --call ID   which call, where there are several
  --json      the answer as JSON
Ends with 0 when the phone did it, else with 1 and one line that says why.
`;

interface Given {
  verb: Verb;
  argument: string;
  callId: string;
  json: boolean;
}

function given(): Given | null {
  const { values, positionals } = readCommandLine({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: { call: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [name, argument = '', ...rest] = positionals;
  if (values.help || name === undefined) return null;
  const verb = verbs.find((it) => it.name === name);
  if (!verb) throw new FailureError('usage', { detail: `There is no verb "${name}".` });
  if (rest.length > 0 || (argument !== '') !== (verb.argument !== '')) {
    throw new FailureError('usage', { detail: `"${verb.name}" takes ${verb.argument || 'nothing more'}.` });
  }
  return { verb, argument, callId: values.call ?? '', json: values.json ?? false };
}

async function main(): Promise<void> {
  const it = given();
  if (!it) return void process.stdout.write(help);
  const lines = it.verb.command ? await command(it, it.verb.command) : await show(it);
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function command(it: Given, make: NonNullable<Verb['command']>): Promise<string[]> {
  const answer = await ask<CommandAnswer>('/api/commands', { command: make(it.argument, it.callId) });
  return [it.json ? JSON.stringify(answer) : answer.callId ? `call ${answer.callId}` : 'done'];
}

async function show({ verb, json }: Given): Promise<string[]> {
  const state = await ask<PhoneState>('/api/state');
  const { phone } = state;
  if (verb.name === 'state') return json ? [JSON.stringify(state)] : stateText(state, Date.now());
  if (!phone) throw new FailureError('endpointUnreachable', { detail: 'not linked yet' });
  if (verb.name === 'devices') return json ? [JSON.stringify(phone.audio)] : devicesText(phone);
  return json ? [JSON.stringify(phone.qualities)] : qualitiesText(phone);
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(error instanceof Refused ? error.failure : failureOf(error))}\n`);
  process.exit(1);
});
