import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { template } from '@thinline/shared/config/template.ts';
import { makeLog } from '@thinline/shared/log/log.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfiguration } from './configuration.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-configuration-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'Softphone.config');
  writeFileSync(file, text);
  const told: string[] = [];
  // Without its time.
  const log = makeLog({ write: (line) => told.push(line.replace(/^\S+ +/, '').replaceAll(file, 'FILE')) });
  const load = () => loadConfiguration(file, log);
  return { load, told };
}

it('a file is told of in the log: mistakes, notes, what is unknown, what has no effect', () => {
  const { load: read, told } = load(
    template()
      .replace('name="auto_answer" value="0"', 'name="auto_answer" value="maybe"')
      .replace('name="rtp_port_min" value="9000"', 'name="rtp_port_min" value="8000"')
      .replace('name="vad_level"', 'name="vad_levle"'),
  );
  expect(read()?.configuration.rtpPorts).toEqual({ min: 8000, max: 9999 });
  expect(told).toEqual([
    expect.stringMatching(/FILE, line \d+: policy\.session\.auto_answer: "maybe" is not 0 or 1; 0 is used\.$/),
    expect.stringMatching(
      /FILE, line \d+: policy\.endpoint\.rtp_port_min: 8000 is below 9000, .*; it is used all the same\.$/,
    ),
    expect.stringMatching(/FILE: unknown, and left alone: policy\.session\.vad_levle$/),
    expect.stringMatching(/FILE: no effect in this version: policy\.endpoint\.\w+, /),
    expect.stringMatching(/FILE: no line is configured in the Basic container\.$/),
  ]);
});

it('what a file says of the log is in force before it is told of', () => {
  const file = join(folder, 'Softphone.config');
  writeFileSync(file, template().replace('name="log_level" value="3"', 'name="log_level" value="0"'));
  const order: unknown[] = [];
  const log = makeLog({ write: () => order.push('told') });
  const read = loadConfiguration(file, log, (settings) => order.push(settings?.level));
  expect(order.slice(0, 2)).toEqual([0, 'told']);
  expect(read?.configuration.log?.level).toBe(0);
});

it('a file that cannot be used does not stop the phone', () => {
  const { load: read, told } = load('<a>');
  expect(read()).toBeNull();
  expect(told).toEqual([expect.stringMatching(/FILE, line 1: it is not well-formed XML; nothing of it is used\.$/)]);
});

it('a port range upside down does, and a file that is not there', () => {
  const { load: read } = load(template().replace('name="sip_port_max" value="5080"', 'name="sip_port_max" value="1"'));
  expect(read).toThrow(expect.objectContaining({ failure: expect.objectContaining({ code: 'TL5002' }) }));
  expect(() => loadConfiguration(join(folder, 'none'), makeLog())).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'TL5003' }) }),
  );
});

it('no end of unknown names is told', () => {
  const many = Array.from({ length: 150 }, (_, n) => `<setting name="x${n}" value=""/>`).join('');
  const { load: read, told } = load(
    `<r><Container name="G"><s><domain name="policy">${many}</domain></s></Container></r>`,
  );
  read();
  expect(told[0]).toMatch(/policy\.x99, and 50 more$/);
});
