/** npm test: everything that decides whether a change is good. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasSoundDriver, missingPeers } from './peers/required.ts';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results', 'vitest.json');
const isCi = process.env.CI === 'true';

function run(command: string, ...argv: string[]): boolean {
  return spawnSync(command, argv, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Real servers and phones come from Debian; root may install them, anybody else is told how. */
function installPeers(): void {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0;
  if (mayInstall && missingPeers().length > 0) run('sh', 'scripts/install-peers.sh');
  // There was perhaps no compiler when the phone was installed.
  if (!hasSoundDriver()) run(process.execPath, 'scripts/build-audio.mjs');
}

function counts(): { passed: number; failed: number; skipped: number } {
  const report = JSON.parse(readFileSync(results, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    success: boolean;
  };
  // A file that could not even be loaded has no test that failed.
  const failed = report.numFailedTests || (report.success ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

installPeers();
mkdirSync(join(root, 'test-results'), { recursive: true });
const checked = run(process.execPath, 'scripts/check.ts');
const vitest = join(root, 'node_modules/.bin/vitest');
const tested = run(vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`);

const missing = missingPeers();
for (const sentence of missing) console.error(`\nNOT TESTED: ${sentence}`);
if (isCi && missing.length > 0) console.error('\nIn CI none may be left out.');

const { passed, failed, skipped } = counts();
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(checked && tested && !(isCi && (missing.length > 0 || skipped > 0)) ? 0 : 1);
