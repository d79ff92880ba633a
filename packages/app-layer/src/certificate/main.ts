/** thinline certificate: makes and shows what the connector for agent desktops proves itself with. */
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { visible } from '@thinline/shared/terminal.ts';
import { run } from './run.ts';

// Whoever reads it may have read enough.
process.stdout.on('error', () => {});

try {
  const lines = await run(process.argv.slice(3));
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${visible(sentence(failureOf(error)))}\n`);
  process.exitCode = 1;
}
