/** thinline ctl: a running phone from the command line. */
import { askAt, Refused } from '@thinline/shared/control-client.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import { controlSocket } from '@thinline/shared/paths.ts';
import { visible } from '@thinline/shared/terminal.ts';
import type { PhoneState } from '../endpoint/replica.ts';
import type { CommandAnswer, PanelCommand } from '../panel/api.ts';
import { devicesByName } from './devices.ts';
import { readInstruction } from './instruction.ts';
import { readPassword } from './password.ts';
import { agentsOf, agentsText, devicesText, qualitiesText, stateText, volumesOf, volumeText } from './show.ts';
import { help, type Instruction, type Part } from './verbs.ts';

const ask = <T>(path: string, body?: unknown): Promise<T> => askAt<T>(controlSocket(), path, body);

async function main(): Promise<void> {
  const given = readInstruction(process.argv.slice(3));
  if (!given) return void process.stdout.write(help);
  const lines = await follow(given.instruction, given.json);
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
}

async function follow(instruction: Instruction, json: boolean): Promise<string[]> {
  if ('show' in instruction) return show(instruction.show, instruction.lineId, json);
  if ('command' in instruction) return command(instruction.command, json);
  if ('select' in instruction) {
    const { phone } = await ask<PhoneState>('/api/state');
    return command({ selectDevices: devicesByName(instruction.select, phone?.audio ?? null) }, json);
  }
  const password = await readPassword({ env: process.env, input: process.stdin, prompt: process.stderr });
  // Not ready: nobody is sent calls before they say that they are ready.
  return command({ setAgentState: { ...instruction.login, state: 'NOT_READY', password } }, json);
}

async function command(it: PanelCommand, json: boolean): Promise<string[]> {
  const answer = await ask<CommandAnswer>('/api/commands', { command: it });
  return [json ? JSON.stringify(answer) : answer.callId ? `call ${answer.callId}` : 'done'];
}

async function show(part: Part, lineId: string, json: boolean): Promise<string[]> {
  const state = await ask<PhoneState>('/api/state');
  const { phone } = state;
  if (part === 'state') return json ? [JSON.stringify(state)] : stateText(state, Date.now());
  if (!phone) throw new FailureError('endpointUnreachable', { detail: 'not linked yet' });
  switch (part) {
    case 'devices':
      return json ? [JSON.stringify(phone.audio)] : devicesText(phone);
    case 'volume':
      return json ? [JSON.stringify(volumesOf(phone))] : volumeText(phone);
    case 'quality':
      return json ? [JSON.stringify(phone.qualities)] : qualitiesText(phone);
    case 'agent':
      return json ? [JSON.stringify(agentsOf(phone, lineId))] : agentsText(phone, lineId);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${visible(sentence(error instanceof Refused ? error.failure : failureOf(error)))}\n`);
  process.exit(1);
});
