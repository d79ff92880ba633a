import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, FailureError, type FailureName, failure, failureOf, sentence } from './failures.ts';

const root = join(import.meta.dirname, '../../..');
const rows = Object.entries(catalogue);
const placeholders = (text: string): string[] => [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');

/** What facts may be called, so that one thing has one name wherever it is told. */
const facts = [
  ...['app', 'endpoint', 'user', 'host', 'detail'],
  ...['server', 'status', 'reason', 'transport', 'min', 'max'],
  ...['target', 'line', 'call', 'count', 'state', 'command', 'needed', 'digits', 'limit'],
  ...['kind', 'option', 'file', 'address', 'path', 'feature', 'appearance', 'seconds', 'mos', 'threshold'],
  ...['version', 'channel', 'name', 'port', 'allowList'],
  ...['client', 'origin', 'thumbprint', 'device'],
];

describe('the failure catalogue', () => {
  it('gives each failure a code of its own, TL and four digits, in order within its group', () => {
    const codes = rows.map(([, row]) => row.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^TL[1-9]\d{3}$/);
  });

  it.each(rows)('%s is said in sentences, with facts that are known by name', (_, row) => {
    for (const text of [row.message, row.cause, row.remedy])
      expect(text).toMatch(/^\S.*(?:[.]|\{\w+\})$|^\{detail\}$/s);
    for (const name of placeholders(row.message + row.cause)) expect(facts).toContain(name);
    // Only message and cause are filled in.
    expect(placeholders(row.remedy)).toEqual([]);
  });

  it('is what docs/failures.md lists, exactly', () => {
    const listed = readFileSync(join(root, 'docs/failures.md'), 'utf8').match(/^\| TL.*$/gm);
    expect(listed).toEqual(rows.map(([, row]) => `| ${row.code} | ${row.message} | ${row.cause} | ${row.remedy} |`));
  });

  it('has the facts that its sentences are made of, and no other', () => {
    const known = { server: '192.0.2.1', user: '701', status: 401, detail: 'no', password: 'hunter2' };
    const { facts } = failure('wrongPassword', known);
    expect(Object.keys(facts).sort()).toEqual(['server', 'status', 'user']);
    const isName = (name: string): name is FailureName => name in catalogue;
    for (const name of rows.map(([it]) => it).filter(isName)) {
      expect(JSON.stringify(failure(name, known))).not.toContain('hunter2');
    }
  });

  it('has no character that would break a table', () => {
    for (const [, row] of rows) expect(row.message + row.cause + row.remedy).not.toMatch(/[|\n]/);
  });

  it('gets every fact that it needs, wherever facts are written out', () => {
    const faults = sources().flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return [...text.matchAll(/(?:failure|FailureError)\(\s*'(\w+)',\s*\{([^{}]*)\}\s*,?\s*\)/g)].flatMap((match) => {
        const row = catalogue[(match[1] ?? '') as keyof typeof catalogue];
        const given = (match[2] ?? '').split(',').map((it) => it.split(':')[0]?.trim());
        if (!row || match[2]?.includes('...')) return row ? [] : [`${file}: ${match[1]} is not in the catalogue`];
        return placeholders(row.message + row.cause)
          .filter((name) => !given.includes(name))
          .map((name) => `${file}: ${match[1]} lacks ${name}`);
      });
    });
    expect(faults).toEqual([]);
  });
});

/** Our sources but for tests. */
function sources(): string[] {
  return readdirSync(join(root, 'packages'), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('a failure', () => {
  it('has its facts filled in, and "unknown" for one that is missing', () => {
    expect(failure('callBusy', { target: '603', status: 486, reason: 'Busy Here' })).toMatchObject({
      code: 'TL3006',
      message: '603 is busy.',
      cause: 'The far end answered 486 Busy Here.',
    });
    expect(failure('callBusy').message).toBe('unknown is busy.');
  });

  it('takes facts as they are, braces and all', () => {
    expect(failure('callBusy', { target: '{status}$1', status: 486 }).message).toBe('{status}$1 is busy.');
  });

  it('comes out of an error as it went in', () => {
    const error = new FailureError('noLine', { line: 'line3' });
    expect(failureOf(error)).toEqual(failure('noLine', { line: 'line3' }));
    expect(error.message).toContain('TL3002');
    expect(sentence(failureOf(error))).toMatch(/^TL3002: There is no line to call from\. .* Configure a line/);
  });

  it.each([new TypeError('oops'), 'oops'])('is TL9001 for whatever else is thrown (%s)', (thrown) => {
    expect(failureOf(thrown)).toMatchObject({ code: 'TL9001', cause: 'Oops.' });
  });
});
