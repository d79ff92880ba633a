/** What a Node.js process has in its memory, asked over its inspector (Chrome DevTools Protocol). */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../peers/until.ts';

export interface Inside {
  /** Bytes, after garbage collection. */
  heapUsed(): Promise<number>;
  /** How many living objects of the class there are; with a property, the sum of theirs. module: as in an import. */
  count(module: string, className: string, property?: string): Promise<number>;
  close(): void;
}

interface RemoteValue {
  objectId?: string;
  value?: unknown;
}

/** What the commands used here answer. */
interface Answer {
  usedSize?: number;
  objects?: RemoteValue;
  result?: RemoteValue;
  exceptionDetails?: { exception?: { description?: string } };
}

interface Reply {
  id?: number;
  result?: Answer;
  error?: { message: string };
}

const group = 'inside';

/** NODE_OPTIONS that a process needs which is to be looked into. */
export const inspectable = (port: number): string => `--inspect-port=127.0.0.1:${port}`;

async function debuggerUrl(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets: unknown = await response.json();
  const [first] = Array.isArray(targets) ? targets : [];
  return String(first?.webSocketDebuggerUrl ?? '');
}

export async function lookInside(pid: number, port: number): Promise<Inside> {
  process.kill(pid, 'SIGUSR1');
  const listens = (): Promise<boolean> =>
    debuggerUrl(port).then(
      (url) => url !== '',
      () => false,
    );
  await until(`the inspector of process ${pid} listens`, listens);
  const socket = new WebSocket(await debuggerUrl(port));
  await once(socket, 'open');
  const waiting = new Map<number, (reply: Reply) => void>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const reply: Reply = JSON.parse(String(data));
    if (reply.id === undefined) return;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  socket.addEventListener('close', () => {
    for (const settle of waiting.values()) settle({ error: { message: 'the inspector is gone' } });
    waiting.clear();
  });

  const ask = async (method: string, params: object = {}): Promise<Answer> => {
    last += 1;
    const id = last;
    const { result = {}, error } = await new Promise<Reply>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    const fault = error?.message ?? result.exceptionDetails?.exception?.description;
    if (fault) throw new Error(`${method}: ${fault}`);
    return result;
  };

  return {
    async heapUsed() {
      await ask('HeapProfiler.collectGarbage');
      return (await ask('Runtime.getHeapUsage')).usedSize ?? Number.NaN;
    },
    async count(module, className, property) {
      const file = JSON.stringify(fileURLToPath(import.meta.resolve(module)));
      // An ES module that is loaded already is what require() answers with.
      const require = `process.getBuiltinModule('node:module').createRequire(${file})`;
      const expression = `${require}(${file})[${JSON.stringify(className)}].prototype`;
      const { result } = await ask('Runtime.evaluate', { expression, objectGroup: group });
      const { objects } = await ask('Runtime.queryObjects', {
        prototypeObjectId: result?.objectId,
        objectGroup: group,
      });
      const sum = property ? `this.reduce((sum, it) => sum + it[${JSON.stringify(property)}], 0)` : 'this.length';
      const counted = await ask('Runtime.callFunctionOn', {
        objectId: objects?.objectId,
        functionDeclaration: `function () { return ${sum}; }`,
        returnByValue: true,
      });
      await ask('Runtime.releaseObjectGroup', { objectGroup: group });
      const { value } = counted.result ?? {};
      if (typeof value !== 'number') throw new Error(`${className} of ${module} can't be counted: ${value}`);
      return value;
    },
    close: () => socket.close(),
  };
}

/** What an adapter has open. */
export interface Opened {
  /** Of SIP. */
  transactions: number;
  dialogs: number;
  /** Objects of calls, in use or not. */
  callObjects: number;
}

const adapter = '@thinline/endpoint-adapter';

export const opened = async (inside: Inside): Promise<Opened> => ({
  transactions: await inside.count(`${adapter}/sip/transaction/layer.ts`, 'TransactionLayer', 'size'),
  dialogs: await inside.count(`${adapter}/sip/dialog/dialogs.ts`, 'Dialogs', 'size'),
  callObjects: await inside.count(`${adapter}/call/call.ts`, 'Call'),
});
