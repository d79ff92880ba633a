/** thinline open: brings the panel, or the number of a link to it. The agent dials that, never the link by itself. */
import { askAt, Refused } from '@thinline/shared/control-client.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import { controlSocket } from '@thinline/shared/paths.ts';
import { visible } from '@thinline/shared/terminal.ts';
import { hasScreen, openBrowser } from './browser.ts';
import { help, readInstruction } from './instruction.ts';
import { type PanelAddressAnswer, panelAddressPath } from './panel-tickets.ts';
import { startPhone } from './start-phone.ts';
import { tell } from './tell.ts';
import { type ToDial, type ToDialAnswer, toDialPath } from './to-dial.ts';

/** Where no phone runs, of one that is started for it. */
async function ask<T>(path: string, body: unknown): Promise<T> {
  try {
    return await askAt<T>(controlSocket(), path, body);
  } catch (error) {
    const isAbsent = error instanceof FailureError && error.failure.code === 'TL6002';
    if (!isAbsent || !(await startPhone())) throw error;
    return askAt<T>(controlSocket(), path, body);
  }
}

const panelAddress = async (): Promise<string> => (await ask<PanelAddressAnswer>(panelAddressPath, {})).url;

async function bring(number: ToDial): Promise<string> {
  const { shown } = await ask<ToDialAnswer>(toDialPath, number);
  if (shown) return `${number.target} is in the panel's field: press Call there.`;
  if (!hasScreen(process.platform, process.env)) {
    return `${number.target} waits for the panel: open it within a minute, and press Call there.`;
  }
  await openBrowser(await panelAddress());
  return `${number.target} is in the field of the panel that opens now: press Call there.`;
}

async function main(): Promise<void> {
  const instruction = readInstruction(process.argv.slice(3));
  if (!instruction) return void process.stdout.write(help);
  if (instruction.do === 'print') return void process.stdout.write(`${await panelAddress()}\n`);
  if (instruction.number) return void process.stdout.write(`${await bring(instruction.number)}\n`);
  await openBrowser(await panelAddress());
}

main().catch(async (error: unknown) => {
  await tell(visible(sentence(error instanceof Refused ? error.failure : failureOf(error))));
  process.exit(1);
});
