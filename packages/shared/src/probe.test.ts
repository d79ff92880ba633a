import { expect, test } from 'vitest';
import { type Finding, isWell, probeReport, tried } from './probe.ts';

const finding = (works: boolean, needed: boolean): Finding => ({ name: 'sound', works, needed, detail: 'why' });

test('a phone is well without what it can do without, and not without the rest', () => {
  expect(isWell([finding(true, true), finding(false, false)])).toBe(true);
  expect(isWell([finding(true, true), finding(false, true)])).toBe(false);
});

test('what throws is told in its first line', async () => {
  const thrown = await tried('sound', true, () => {
    throw new Error('no device\n  at somewhere');
  });
  expect(thrown).toEqual({ name: 'sound', needed: true, works: false, detail: 'no device' });
  expect(await tried('sound', false, () => 'two devices')).toMatchObject({ works: true, detail: 'two devices' });
});

test('people get a line for each, programs a document', () => {
  const findings = [finding(true, true), finding(false, false), finding(false, true)];
  const [head, ...lines] = probeReport('thinline', findings, false).trimEnd().split('\n');
  expect(head).toMatch(/^thinline \d+\.\d+\.\d+, Node\.js \d+.*, from sources$/);
  expect(lines).toEqual(['ok      sound: why', 'without sound: why', 'FAILED  sound: why']);
  expect(JSON.parse(probeReport('thinline', findings, true))).toMatchObject({
    works: false,
    packaged: false,
    findings,
  });
});
