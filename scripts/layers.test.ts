import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layerFaults } from './layers.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'thinline-layers-'));
  for (const half of ['app-layer', 'endpoint-adapter', 'shared'])
    mkdirSync(join(root, 'packages', half, 'src'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const file = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

test('imports within a half and of what is shared are allowed', () => {
  file('packages/app-layer/src/a.ts', "import { b } from './b.ts';\nimport { c } from '@thinline/shared/c.ts';\n");
  file('packages/app-layer/src/b.ts', "import { readFileSync } from 'node:fs';\n");
  expect(layerFaults(root)).toEqual([]);
});

test.each([
  ['packages/app-layer/src/a.ts', "import { x } from '@thinline/endpoint-adapter/x.ts';", 'endpoint-adapter'],
  [
    'packages/app-layer/src/deep/a.ts',
    "const x = await import('../../../endpoint-adapter/src/x.ts');",
    'endpoint-adapter',
  ],
  ['packages/endpoint-adapter/src/a.ts', "import type { x } from '../../app-layer/src/x.ts';", 'app-layer'],
  ['packages/shared/src/a.ts', "export { x } from '@thinline/app-layer/x.ts';", 'app-layer'],
])('%s may not reach across', (path, text, target) => {
  file(path, text);
  expect(layerFaults(root)).toEqual([expect.stringContaining(`imports ${target}`)]);
});
