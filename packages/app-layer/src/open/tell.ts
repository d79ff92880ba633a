/** Says what went wrong to a person: menus and links of desktops start programs whose output nobody sees. */
import { runProgram } from '../keyring/run-program.ts';
import { sayByWindows } from './windows.ts';

const limit = 5000;

/** Notifications have a few tags of HTML. */
const entities = (text: string): string => text.replace(/[&<>]/g, (it) => `&#${it.charCodeAt(0)};`);

/** Does not reject. */
export async function tell(text: string): Promise<void> {
  process.stderr.write(`${text}\n`);
  if (process.platform === 'win32') return sayByWindows(text).catch(() => {});
  if (process.stderr.isTTY) return;
  await runProgram('notify-send', ['--app-name=Thinline', '--icon=thinline', '--', 'Thinline', entities(text)], {
    limit,
  });
}
