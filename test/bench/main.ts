/** npm run bench -- NAME: measures, and prints what was measured. */
import { parseArgs } from 'node:util';
import { hasPeers } from '../peers/required.ts';
import type { Benchmark } from './benchmark.ts';
import { call } from './call.ts';
import { codecs } from './codecs.ts';
import { devices } from './devices.ts';
import { echo } from './echo.ts';
import { jitter } from './jitter.ts';
import { link } from './link.ts';
import { longCall } from './long-call.ts';
import { loss } from './loss.ts';
import { machine } from './machine.ts';
import { mouthToEar } from './mouth-to-ear.ts';
import { panel } from './panel.ts';
import { signalling } from './signalling.ts';
import { srtp } from './srtp.ts';
import { stages } from './stages.ts';
import { table } from './table.ts';
import { WrongWord } from './words.ts';

const benchmarks: readonly Benchmark[] = [
  ...[call, mouthToEar, longCall, loss, signalling, devices, link, panel],
  ...[stages, codecs, srtp, echo, jitter],
];
const defaultRuns = 20;

const help = `npm run bench -- NAME [options]

${benchmarks.map(({ name, meaning, choices }) => `  ${name}  ${meaning}${choices ? `\n    words: ${choices}` : ''}`).join('\n')}

Of each word one or more values, as "jitter=0,40"; without words the usual ones.

  --json     the result as JSON on one line (without it, JSON for people)
  --table    the result as a Markdown table
  --runs N   samples of what is quick to measure (default ${defaultRuns}); of slower things a half or a quarter of it
Progress goes to standard error, the result to standard output.
`;

function fail(reason: string): never {
  process.stderr.write(`${reason}\n\n${help}`);
  process.exit(2);
}

function given(): { benchmark: Benchmark; words: string[]; runs: number; json: boolean; table: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        table: { type: 'boolean', default: false },
        runs: { type: 'string', default: String(defaultRuns) },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const [name, ...words] = positionals;
    if (name === undefined) return fail('Which benchmark?');
    const benchmark = benchmarks.find((it) => it.name === name);
    if (!benchmark) return fail(`There is no benchmark "${name}".`);
    if (words.length > 0 && benchmark.choices === undefined) return fail('One benchmark at a time.');
    if (values.json && values.table) return fail('JSON or a table, not both.');
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) return fail('--runs takes a whole number from 1 up.');
    return { benchmark, words, runs, json: values.json, table: values.table };
  } catch (error) {
    return fail((error as Error).message);
  }
}

const options = given();
const { benchmark, words, runs } = options;
const missing = benchmark.peers.filter((it) => !hasPeers(it));
if (missing.length > 0) {
  process.stderr.write(`This benchmark needs ${missing.join(', ')}; "npm run peers" installs what is missing.\n`);
  process.exit(1);
}

const where = machine();
const progress = (text: string): void => void process.stderr.write(`${text}\n`);
progress(`${where.cores} cores, ${where.cpu}, Node.js ${where.node}, load average ${where.loadAverage.join(' ')}`);
const figures = await benchmark.run({ runs, words, progress }).catch((error: unknown) => {
  if (!(error instanceof WrongWord)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
});
const result = { benchmark: benchmark.name, machine: where, figures };
process.stdout.write(`${options.table ? table(figures) : JSON.stringify(result, null, options.json ? 0 : 2)}\n`);
