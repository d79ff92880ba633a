/** The password of an agent's login: from the environment or standard input, never from the command line, which others see. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

const variable = 'THINLINE_AGENT_PASSWORD';

export interface PasswordSources {
  env: NodeJS.ProcessEnv;
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Where a person is asked; nothing of what they type is shown. */
  prompt: NodeJS.WritableStream;
}

/** The variable, else the first line of input; empty where there is none. */
export function readPassword({ env, input, prompt }: PasswordSources): Promise<string> {
  const given = env[variable];
  if (given !== undefined) return Promise.resolve(given);
  const terminal = input.isTTY === true;
  if (terminal) prompt.write('Password: ');
  // A terminal's echo goes where readline writes: nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal });
  return new Promise((resolve) => {
    let password = '';
    lines.once('line', (line) => {
      password = line;
      lines.close();
    });
    lines.once('close', () => {
      if (terminal) prompt.write('\n');
      resolve(password);
    });
  });
}
