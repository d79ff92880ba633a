/** thinline-adapter ctl: the phone at this endpoint from the command line, whether its desktop is there or not. */
import { askAt, Refused } from '@thinline/shared/control-client.ts';
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { adapterControlSocket } from '@thinline/shared/paths.ts';
import { visible } from '@thinline/shared/terminal.ts';
import type { LocalCommand } from '../commands.ts';
import type { LocalState } from '../local-phone.ts';
import { help, type Instruction, readInstruction } from './instruction.ts';
import { stateText } from './show.ts';

async function main(): Promise<void> {
  const given = readInstruction(process.argv.slice(3));
  if (!given) return void process.stdout.write(help);
  const lines = await follow(given.instruction, given.json);
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
}

async function follow(instruction: Instruction, json: boolean): Promise<string[]> {
  const path = adapterControlSocket();
  if ('verb' in instruction) {
    const command: LocalCommand = instruction;
    const answer = await askAt<object>(path, '/commands', command);
    return [json ? JSON.stringify(answer) : 'done'];
  }
  if (instruction.show === 'page') {
    const answer = await askAt<{ url: string }>(path, '/page', {});
    return [json ? JSON.stringify(answer) : answer.url];
  }
  const state = await askAt<LocalState>(path, '/state');
  return json ? [JSON.stringify(state)] : stateText(state, Date.now());
}

main().catch((error: unknown) => {
  process.stderr.write(`${visible(sentence(error instanceof Refused ? error.failure : failureOf(error)))}\n`);
  process.exit(1);
});
