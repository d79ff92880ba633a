/** Draws the panel's icons for installed web apps: `node scripts/panel-icons.ts` writes them into the page's folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../packages/app-layer/ui/public');
const ground = [0x0a, 0x6a, 0x56] as const;
const ink = [0xff, 0xff, 0xff] as const;
/** On a grid of 32, as favicon.svg. */
const lines = [
  { y: 11.5, from: 9, to: 23 },
  { y: 16, from: 9, to: 18 },
  { y: 20.5, from: 9, to: 14 },
];
const lineRadius = 1.3;

/** How much of a pixel is covered whose middle is so far outside of a shape, in pixels. */
const cover = (outside: number): number => Math.min(1, Math.max(0, 0.5 - outside));

const outsideOfSquare = (x: number, y: number, radius: number): number => {
  const dx = Math.abs(x - 16) - (16 - radius);
  const dy = Math.abs(y - 16) - (16 - radius);
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
};

const outsideOfLines = (x: number, y: number): number =>
  Math.min(...lines.map((it) => Math.hypot(x - Math.min(Math.max(x, it.from), it.to), y - it.y) - lineRadius));

/** RGBA of all pixels, each row after a byte that says that nothing is filtered (PNG 9.2). */
function draw(size: number, radius: number, scale: number): Buffer {
  const rows = Buffer.alloc(size * (1 + 4 * size));
  const unit = 32 / size;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * unit, (row + 0.5) * unit];
      const square = cover(outsideOfSquare(x, y, radius) / unit);
      const line = cover((outsideOfLines(16 + (x - 16) / scale, 16 + (y - 16) / scale) * scale) / unit);
      const colour = ground.map((part, place) => Math.round(part + ((ink[place] ?? 0) - part) * line));
      rows.set([...colour, Math.round(255 * square)], row * (1 + 4 * size) + 1 + 4 * column);
    }
  }
  return rows;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(size: number, rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

const icons = [
  { file: 'icon-192.png', size: 192, radius: 8, scale: 1 },
  { file: 'icon-512.png', size: 512, radius: 8, scale: 1 },
  // Systems cut a shape of their own out of it, and what matters has to be in the middle.
  { file: 'icon-maskable.png', size: 512, radius: 0, scale: 0.8 },
];
for (const { file, size, radius, scale } of icons) {
  writeFileSync(join(folder, file), png(size, draw(size, radius, scale)));
}
