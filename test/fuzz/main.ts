/** npm run fuzz -- NAME: feeds what nobody would send in earnest, and tells what it did. */
import { parseArgs } from 'node:util';
import { base64, type Fuzzer, type FuzzResult } from './fuzzer.ts';
import { link } from './link.ts';
import { media } from './media.ts';
import { sip } from './sip.ts';
import { sipStack } from './sip-stack.ts';

const fuzzers: readonly Fuzzer[] = [sip, sipStack, media, link];
const defaultCount = 100_000;

const help = `npm run fuzz -- NAME [options]

${fuzzers.map(({ name, meaning }) => `  ${name}  ${meaning}`).join('\n')}

  --seed N      begins there; each step is made from its own number alone, so that --seed N --count 1 makes it again
  --count N     so many messages (default ${defaultCount})
  --seconds N   and no longer than that
The result goes to standard output, progress to standard error. Ends non-zero where anything was wrong.
`;

function fail(reason: string): never {
  process.stderr.write(`${reason}\n\n${help}`);
  process.exit(2);
}

function given(): { fuzzer: Fuzzer; seed: number; count: number; seconds: number } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
        count: { type: 'string', default: String(defaultCount) },
        seconds: { type: 'string', default: 'Infinity' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) return fail('One fuzzer at a time.');
    const fuzzer = fuzzers.find((it) => it.name === name);
    if (!fuzzer) return fail(`There is no fuzzer "${name}".`);
    const [seed, count, seconds] = [Number(values.seed), Number(values.count), Number(values.seconds)];
    if (!Number.isInteger(seed) || seed < 0) return fail('--seed takes a whole number.');
    if (!Number.isInteger(count) || count < 1) return fail('--count takes a whole number from 1 up.');
    if (!(seconds > 0)) return fail('--seconds takes a number above 0.');
    return { fuzzer, seed, count, seconds };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function report({ slowest, faults, ...result }: FuzzResult): string {
  const summary = {
    ...result,
    slowestMs: slowest.ms,
    slowestSeed: slowest.seed,
    slowestBase64: base64(slowest.bytes),
    faults: faults.map(({ what, seed, bytes }) => ({ seed, what, base64: base64(bytes) })),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

const { fuzzer, ...options } = given();
const progress = (text: string): void => void process.stderr.write(`${text}\n`);
progress(`--seed ${options.seed}`);
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`unhandled rejection: ${reason instanceof Error ? reason.stack : reason}\n`);
  process.exit(1);
});
const result = await fuzzer.run({ ...options, progress });
process.stdout.write(report(result));
process.exitCode = result.faults.length > 0 ? 1 : 0;
