/** A stack with one line that doesn't register, and a scripted peer in its server's place. */
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Line } from '../line.ts';
import { openSipStack, type SipStack } from '../stack.ts';
import { makeLine } from './make-line.ts';
import { openPeer, type ScriptedPeer } from './scripted-peer.ts';

export interface Standalone {
  stack: SipStack;
  line: Line;
  peer: ScriptedPeer;
  close(): Promise<void>;
}

export async function openStandalone(more: Partial<LineConfiguration> = {}): Promise<Standalone> {
  const peer = await openPeer();
  const stack = await openSipStack({
    ports: { min: 0, max: 0 },
    addresses: ['127.0.0.1'],
    userAgent: 'Thinline/test',
    log: silent,
  });
  peer.target = stack.port;
  const line = stack.addLine(
    makeLine({ user: 'alice', server: `127.0.0.1:${peer.port}`, displayName: 'Alice', password: 'secret', ...more }),
  );
  await line.start();
  return {
    stack,
    line,
    peer,
    close: async () => {
      await stack.close();
      await peer.close();
    },
  };
}
