/** Starts a program of Thinline on the Node.js that it was made for. Plain JavaScript, so that an older one can say so. */
import { spawn } from 'node:child_process';
import * as module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = 24;

/** The Node.js that came with `npm install`, for whoever calls the program past npm. */
function pinnedNode() {
  try {
    const manifest = module.createRequire(import.meta.url).resolve('node/package.json');
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return null;
  }
}

/** @param {URL} program */
export async function run(program) {
  if (Number(process.versions.node.split('.')[0]) >= needed) {
    module.enableCompileCache();
    // Workers and programs that this one starts find it there.
    const cache = module.getCompileCacheDir();
    if (cache) process.env.NODE_COMPILE_CACHE ??= cache;
    await import(program.href);
    return;
  }
  const node = pinnedNode();
  if (!node) {
    process.stderr.write(
      `Thinline needs Node.js ${needed} or later, and this is ${process.version}. Run "npm install" in its folder, which brings the right one.\n`,
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(program), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`Thinline could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
