/** The machine's policy in the registry, read by the packaged program in Wine: not on Windows itself. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeStage } from '../../scripts/package/stage.ts';
import { testFolder } from './build.ts';
import { forWine, hasWine, openWine, type Wine } from './wine.ts';

if (!hasWine()) console.error('NOT TESTED: policies in the registry (wine is not installed).');

const key = 'SOFTWARE\\Policies\\Thinline\\Options';

describe.skipIf(!hasWine())('policies in the registry', () => {
  const folder = testFolder();
  let wine: Wine;

  const thinline = (...words: string[]) => wine.run('C:\\thinline\\thinline.exe', ...words);
  const setNumber = (name: string, value: number) =>
    wine.run('reg', 'add', `HKLM\\${key}`, '/v', name, '/t', 'REG_DWORD', '/d', `${value}`, '/f', '/reg:64');

  beforeAll(async () => {
    wine = await openWine(folder);
    const stage = await makeStage('app', 'win-x64');
    cpSync(stage.folder, join(wine.drive, 'thinline'), { recursive: true });
    forWine(join(wine.drive, 'thinline', stage.program));
  });

  afterAll(() => wine?.close());

  test('without a key there is none', async () => {
    expect(await thinline('config', 'policy')).toEqual({ code: 0, output: 'there is no policy\n' });
  });

  test('texts and numbers are options, and secrets are refused', async () => {
    await setNumber('policy.session.auto_answer', 1);
    await setNumber('policy.session.vad_level', 9);
    await wine.setValue(key, 'server:N', 'sip.example.com');
    await wine.setValue(key, 'proxies.proxyN.password', 'hunter2');
    const { code, output } = await thinline('config', 'policy', '--json');
    const source = `HKLM\\${key}`;
    const told = JSON.parse(output);
    expect(told.options).toHaveLength(2);
    expect(told.options).toContainEqual({ path: 'policy.session.auto_answer', value: '1', source });
    expect(told.options).toContainEqual({ path: 'server:N', value: 'sip.example.com', source });
    expect(told.mistakes).toHaveLength(2);
    expect(output).not.toContain('hunter2');
    expect(code).toBe(1);
    const probe = JSON.parse((await thinline('--probe', '--json')).output);
    expect(probe.findings).toContainEqual(
      expect.objectContaining({ name: 'policy', detail: expect.stringMatching(/^sets 2 options; 2 of it/) }),
    );
  });
});
