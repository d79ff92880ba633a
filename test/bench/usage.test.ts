import { expect, test } from 'vitest';
import { cpuSecondsOf, residentMbOf, usageOf } from './usage.ts';

const stat = (name: string) =>
  `4711 (${name}) S 1 4711 4711 0 -1 4194304 5000 0 0 0 250 125 7 9 20 0 11 0 123456 700000000 20000 18446744073709551615`;

test.each(['node', 'a name', 'a) S 9 (b', '((('])('CPU time of a program called "%s"', (name) => {
  expect(cpuSecondsOf(stat(name))).toBe(3.75);
});

test('something else is no CPU time', () => {
  expect(() => cpuSecondsOf('')).toThrow();
  expect(() => cpuSecondsOf('4711 (node) S 1')).toThrow();
});

test('memory is that in use now, not its peak', () => {
  const status = 'Name:\tnode\nVmPeak:\t  900000 kB\nVmHWM:\t   80000 kB\nVmRSS:\t   62500 kB\nThreads:\t11\n';
  expect(residentMbOf(status)).toBe(64);
});

test('a process without memory (a zombie) is said to have none, not 0', () => {
  expect(() => residentMbOf('Name:\tnode\nState:\tZ (zombie)\n')).toThrow();
});

test.runIf(process.platform === 'linux')('of this process it agrees with Node.js', async () => {
  const { cpuSeconds, residentMb } = await usageOf(process.pid);
  const { user, system } = process.cpuUsage();
  expect(cpuSeconds).toBeGreaterThan(((user + system) / 1e6) * 0.8 - 0.1);
  expect(cpuSeconds).toBeLessThan(((user + system) / 1e6) * 1.2 + 0.1);
  expect(residentMb).toBeGreaterThan(10);
});
