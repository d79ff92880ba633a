/** npm run soak -- NAME: does the same many times over, and looks at what is left of it. */
import { parseArgs } from 'node:util';
import { sip } from './sip.ts';
import type { Soak } from './soak.ts';

const soaks: readonly Soak[] = [sip];
const defaultCalls = 2_000;
/** So that there is something to compare. */
const fewestCalls = 2;

const help = `npm run soak -- NAME [options]

${soaks.map(({ name, meaning }) => `  ${name}  ${meaning}`).join('\n')}

  --calls N   so many (default ${defaultCalls})
Progress goes to standard error, the result to standard output. Ends non-zero where anything was wrong.
`;

function fail(reason: string): never {
  process.stderr.write(`${reason}\n\n${help}`);
  process.exit(2);
}

function given(): { soak: Soak; calls: number } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { calls: { type: 'string', default: String(defaultCalls) }, help: { type: 'boolean' } },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) return fail('One soak test at a time.');
    const soak = soaks.find((it) => it.name === name);
    if (!soak) return fail(`There is no soak test "${name}".`);
    const calls = Number(values.calls);
    if (!Number.isInteger(calls) || calls < fewestCalls)
      return fail(`--calls takes a whole number from ${fewestCalls} up.`);
    return { soak, calls };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const { soak, calls } = given();
const progress = (text: string): void => void process.stderr.write(`${text}\n`);
const result = await soak.run({ calls, progress });
process.stdout.write(`${JSON.stringify({ soak: soak.name, ...result }, null, 2)}\n`);
process.exitCode = result.faults.length > 0 ? 1 : 0;
