/** npm start: the lab, the adapter and the app layer on this machine. With -- --config FILE: no lab, your own server. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { ownFolder } from '@thinline/shared/own-socket.ts';
import { runtimeFolder } from '@thinline/shared/paths.ts';
import { type Lab, startLab } from './lab/lab.ts';

const program = join(import.meta.dirname, '../packages/app-layer/bin/thinline.mjs');
/** Wait before a dead app layer is started anew, ms: at once the first time, longer when it keeps dying. */
const backOff = [0, 500, 1000, 2000, 4000];
const healthyAfter = 10_000;

const given = process.argv.slice(2);

function labConfiguration({ host, port, user, password }: Lab): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Softphone>
  <Container name="Basic">
    <Connectivity user="${user}" server="${host}:${port}" protocol="udp"/>
  </Container>
  <Container name="Genesys">
    <settings version="1.0">
      <domain name="proxies">
        <section name="proxy0">
          <setting name="display_name" value="Agent ${user}"/>
          <setting name="password" value="${password}"/>
          <setting name="reg_timeout" value="60"/>
          <setting name="reg_interval" value="5"/>
        </section>
      </domain>
    </settings>
  </Container>
</Softphone>
`;
}

async function withLab(): Promise<{ lab: Lab | null; options: string[] }> {
  if (given.some((word) => word === '--config' || word.startsWith('--config='))) return { lab: null, options: given };
  ownFolder(runtimeFolder());
  const lab = await startLab();
  const file = join(runtimeFolder(), 'lab.config');
  writeFileSync(file, labConfiguration(lab), { mode: 0o600 });
  process.stdout.write(`Lab:   ${lab.host}:${lab.port}, for trying out, not a PBX. Dial 600 echo, 601 speech, 602 rings 3 s,
       603 busy, 604 no answer, 605 calls you back, 606 redirects, 607 hangs up, 608 DTMF.\n`);
  return { lab, options: ['--config', file, ...given] };
}

function fail(error: unknown): never {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exit(1);
}

const { lab, options } = await withLab().catch(fail);
let ending = false;
let child = start();

function start(attempt = 0) {
  const since = Date.now();
  const it = spawn(process.execPath, [program, '--standalone', ...options], { stdio: 'inherit' });
  it.once('exit', (code, signal) => {
    // A code says that it ended by its own decision, and why; a signal that it was killed, and its calls go on.
    if (ending || signal === null) return void finish(code ?? 1);
    const next = Date.now() - since > healthyAfter ? 0 : attempt + 1;
    setTimeout(
      () => {
        child = start(next);
      },
      backOff[Math.min(attempt, backOff.length - 1)],
    );
  });
  return it;
}

async function finish(code: number): Promise<void> {
  await lab?.close();
  process.exit(code);
}

function end(signal: 'SIGINT' | 'SIGTERM'): void {
  ending = true;
  child.kill(signal);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(signal));

// Who ends npm ends the shell between npm and us, which passes nothing on.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent && !ending) end('SIGTERM');
}, 1000).unref();
