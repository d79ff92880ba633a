/**
 * Runs after `npm install`: builds what depends on this machine. Never fails the install; says in one line what is
 * missing and what that costs. Plain JavaScript, because it runs under any Node.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAudio } from './build-audio.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function soundDriver() {
  try {
    if (buildAudio()) console.log('Thinline: the sound driver was built.');
  } catch (error) {
    console.log(
      `Thinline: the sound driver was not built: ${error.message}. Without it calls have no sound, unless PortAudio is there; "npm run build:audio" tries again.`,
    );
  }
}

function panel() {
  const ui = join(root, 'packages', 'app-layer', 'ui');
  if (!existsSync(join(ui, 'index.html'))) return;
  try {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    execFileSync(process.execPath, [vite, 'build', ui, '--logLevel', 'error'], { cwd: root, stdio: 'pipe' });
    console.log('Thinline: the web panel was built.');
  } catch (error) {
    const why = String(error.stderr || error.message)
      .trim()
      .split('\n')[0];
    console.log(
      `Thinline: the web panel was not built: ${why} Without it there is only "thinline ctl"; "npm run build:panel" tries again.`,
    );
  }
}

soundDriver();
panel();
