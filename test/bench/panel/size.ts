/** What the browser has to fetch, compressed as gzip does it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from '../benchmark.ts';
import { summary } from '../statistics.ts';

const dist = join(import.meta.dirname, '../../../packages/app-layer/ui/dist');

const zipped = (path: string): number => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;

export function size(): Figure[] {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const assets = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const all = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name).slice(dist.length + 1));
  const code = all.filter((path) => /\.(?:js|css|html)$/.test(path));
  const sum = (paths: readonly string[]): number => paths.reduce((bytes, path) => bytes + zipped(path), 0);
  const figure = (name: string, what: string, bytes: number): Figure => ({
    name,
    what,
    unit: 'bytes',
    results: { thinline: summary([bytes]) },
  });
  return [
    figure('first load', 'page, script and style in English, gzip', sum(['index.html', ...assets])),
    figure('whole bundle', 'all scripts and styles, with every language, gzip', sum(code)),
  ];
}
