/** Starts the phone as the installation does when somebody signs in, and waits until it answers. */

import { userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '@thinline/shared/failures.ts';
import { connectOwn } from '@thinline/shared/own-socket.ts';
import { controlSocket } from '@thinline/shared/paths.ts';
import { runProgram } from '../keyring/run-program.ts';
import { startByLinux } from './start-linux.ts';
import { startByWindows } from './windows.ts';

/** How long it gets until it answers, and how often we look, ms. */
const deadline = 20_000;
const lookEvery = 50;

/** By the agent that starts it at the sign-in. */
async function startByMac(): Promise<boolean> {
  const agent = `gui/${userInfo().uid}/org.thinline.thinline`;
  return (await runProgram('/bin/launchctl', ['kickstart', agent], { limit: deadline })).code === 0;
}

/** Whether there was one to start. */
function start(): Promise<boolean> {
  switch (process.platform) {
    case 'win32':
      return startByWindows();
    case 'darwin':
      return startByMac();
    default:
      return startByLinux();
  }
}

const answers = (path: string): Promise<boolean> =>
  connectOwn(path).then(
    (socket) => {
      socket.destroy();
      return true;
    },
    () => false,
  );

/** false: none is installed. Rejects with FailureError phoneNotStarted where it does not answer. */
export async function startPhone(): Promise<boolean> {
  // It would have its socket in the usual place, where nobody is to look for it.
  if (process.env.THINLINE_RUNTIME_DIR) return false;
  if (!(await start())) return false;
  const until = performance.now() + deadline;
  while (!(await answers(controlSocket()))) {
    if (performance.now() > until) throw new FailureError('phoneNotStarted');
    await wait(lookEvery);
  }
  return true;
}
