import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PolicyReading, policyFrom } from '@thinline/shared/config/policy.ts';
import { template } from '@thinline/shared/config/template.ts';
import type { LogSettings } from '@thinline/shared/contract/types.ts';
import { makeLog } from '@thinline/shared/log/log.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfiguration } from './configuration.ts';

const none: PolicyReading = { policy: new Map(), faults: [] };
const policy = (options: Record<string, unknown>): PolicyReading =>
  policyFrom([{ name: 'THE POLICY', options: Object.entries(options) }]);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-configuration-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string, policy: PolicyReading = none) {
  const file = join(folder, 'Softphone.config');
  writeFileSync(file, text);
  const told: string[] = [];
  // Without its time.
  const log = makeLog({ write: (line) => told.push(line.replace(/^\S+ +/, '').replaceAll(file, 'FILE')) });
  const load = () => loadConfiguration(file, { policy, log });
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
    expect.stringMatching(/FILE: no line is configured in the Basic container; agents sign in at the panel\.$/),
  ]);
});

it('what a file says of the log is in force before it is told of', () => {
  const file = join(folder, 'Softphone.config');
  writeFileSync(file, template().replace('name="log_level" value="3"', 'name="log_level" value="0"'));
  const order: unknown[] = [];
  const log = makeLog({ write: () => order.push('told') });
  const read = loadConfiguration(file, { policy: none, log, configureLog: (settings) => order.push(settings?.level) });
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
  expect(() => loadConfiguration(join(folder, 'none'), { policy: none, log: makeLog() })).toThrow(
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

it('the policy of the machine goes before the file, and what is wrong in it is told as of the file', () => {
  const { load: read, told } = load(
    template().replace('name="auto_answer" value="0"', 'name="auto_answer" value="maybe"'),
    policy({
      'policy.session.auto_answer': '1',
      'policy.session.vad_level': 9,
      'system.security.use_srtp': 'perhaps',
      'policy.endpoint.video_qos': 1,
    }),
  );
  const reading = read();
  expect(reading?.configuration.calls?.autoAnswer).toBe(true);
  expect(reading?.file.settings.get('policy.session.auto_answer')?.value).toBe('maybe');
  expect(told.filter((line) => !line.includes('FILE'))).toEqual([
    'warning policy, THE POLICY: policy.session.vad_level: "9" is not a whole number from 0 to 3; it is left out.',
    'info    the policy of this machine sets policy.session.auto_answer, system.security.use_srtp, policy.endpoint.video_qos',
    expect.stringMatching(
      /^warning policy: system\.security\.use_srtp: "perhaps" is not one of .*; optional is used\.$/,
    ),
    'info    policy: no effect in this version: policy.endpoint.video_qos',
  ]);
  expect(told.join()).not.toContain('maybe');
});

it.each([
  ['there is no file', null],
  ['nothing of the file can be used', '<a>'],
])('where %s, the policy alone counts', (_, text) => {
  const file = text === null ? null : join(folder, 'Softphone.config');
  if (file !== null) writeFileSync(file, '<a>');
  const levels: unknown[] = [];
  const options = {
    log: makeLog({ write: () => {} }),
    configureLog: (it: LogSettings | null) => levels.push(it?.level),
  };
  const given = policy({ 'system.diagnostics.log_level': 1, 'policy.connector.port': 8001 });
  const reading = loadConfiguration(file, { ...options, policy: given });
  expect(reading).toMatchObject({ connector: { port: 8001 }, file: { connectivities: [] } });
  expect(levels).toEqual([1]);
  expect(loadConfiguration(file, { ...options, policy: none })).toBeNull();
});
