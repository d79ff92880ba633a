/** The control socket as another program uses it: one connection, kept open. */
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import type { CommandAnswer, FailureAnswer, PanelCommand } from '@thinline/app-layer/panel/api.ts';

export interface Control {
  /** Settles with the phone's answer; rejects with what the phone said when it refuses. */
  send(command: PanelCommand): Promise<CommandAnswer>;
  close(): void;
}

/** folder: the app layer's. */
export function openControl(folder: string): Control {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const options = { agent, socketPath: join(folder, 'control.sock'), path: '/api/commands', host: 'localhost' };
  const headers = { 'content-type': 'application/json' };
  const exchange = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const call = request({ ...options, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.once('end', () => resolve(text)).once('error', reject);
      });
      call.once('error', reject);
      call.end(body);
    });
  return {
    async send(command) {
      const answer = JSON.parse(await exchange(JSON.stringify({ command }))) as CommandAnswer | FailureAnswer;
      if ('failure' in answer) throw new Error(answer.failure.message);
      return answer;
    },
    close: () => agent.destroy(),
  };
}
