/** npm run lab: the lab alone, for a phone of your own. */
import { startLab } from './lab.ts';
import { numbers } from './numbers.ts';

const lab = await startLab();
process.stdout.write(
  `The lab, for trying out, not a PBX: sip:${lab.user}@${lab.host}:${lab.port}, password "${lab.password}".\n`,
);
for (const { number, meaning } of numbers) process.stdout.write(`  ${number}  ${meaning}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void lab.close().then(() => process.exit(0)));
