/** thinline config: looks at configuration files and writes new ones. */
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { visible } from '@thinline/shared/terminal.ts';
import { machinePolicy } from './policy.ts';
import { run } from './run.ts';

// Whoever reads it may have read enough.
process.stdout.on('error', () => {});

try {
  const { output, status } = run(process.argv.slice(3), await machinePolicy());
  process.stdout.write(output);
  process.exitCode = status;
} catch (error) {
  process.stderr.write(`${visible(sentence(failureOf(error)))}\n`);
  process.exitCode = 2;
}
