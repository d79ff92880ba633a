import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyFrom } from '@thinline/shared/config/policy.ts';
import { template } from '@thinline/shared/config/template.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const linesOf = (args: string[]): string[] => run(args).output.trimEnd().split('\n');

function refusal(args: string[]): string {
  try {
    run(args);
  } catch (error) {
    if (error instanceof FailureError) return `${error.failure.code} ${error.failure.message} ${error.failure.cause}`;
  }
  return 'not refused';
}

const good = template()
  .replace('user="dn0" server="SipServer0.domain.invalid:5060"', 'user="7001" server="sip.example.org"')
  .replace('name="password" value=""', 'name="password" value="hunter2"');
const bad = good
  .replace('name="auto_answer" value="0"', 'name="auto_answer" value="&#x9b;2J"')
  .replace('name="vad_level" value="1"', 'name="vad_levle" value="1"');

describe('config check', () => {
  it('is content with a good file', () => {
    const file = written('good.config', good);
    expect(run(['check', file]).status).toBe(0);
    expect(linesOf(['check', file]).at(-1)).toBe(`${file}: 1 line, 0 mistakes`);
    expect(linesOf(['check', file]).filter((it) => it.includes('no effect: there is no video: '))).toHaveLength(1);
  });

  it('tells each mistake in a line, steers no terminal, and ends with 1', () => {
    const file = written('bad.config', bad);
    expect(run(['check', file]).status).toBe(1);
    const line = bad.slice(0, bad.indexOf('"auto_answer"')).split('\n').length;
    expect(linesOf(['check', file])).toEqual(
      expect.arrayContaining([
        `${file}, line ${line}: policy.session.auto_answer: "\\u009b2J" is not 0 or 1; 0 is used.`,
        `${file}, unknown, and left alone: policy.session.vad_levle`,
        `${file}: 1 line, 1 mistake`,
      ]),
    );
  });

  it('tells the same to programs, without passwords', () => {
    const { output, status } = run(['check', '--json', written('bad.config', bad)]);
    expect(status).toBe(1);
    expect(output).not.toContain('hunter2');
    expect(JSON.parse(output)).toMatchObject({
      lines: [{ id: 'line0', user: '7001', server: 'sip.example.org', transport: 'udp' }],
      mistakes: [{ path: 'policy.session.auto_answer', instead: '0 is used' }],
      notes: [],
      unknown: ['policy.session.vad_levle'],
    });
  });

  it('tells what cannot be read at all', () => {
    const file = written('broken.config', '<a>\n<b>\n</a>');
    expect(run(['check', file])).toEqual({
      output: `${file}, line 2: it is not well-formed XML; nothing of it is used.\n${file}: 0 lines, 1 mistake\n`,
      status: 1,
    });
    expect(JSON.parse(run(['check', '--json', file]).output)).toMatchObject({ lines: [], mistakes: [{ line: 2 }] });
  });

  it('reads no more than a file may have', () => {
    const file = written('long.config', ' '.repeat(3_000_000));
    expect(linesOf(['check', file])[0]).toBe(`${file}, the file is larger than 1 MiB; nothing of it is used.`);
  });

  it('refuses a file that is not there', () => {
    expect(refusal(['check', join(folder, 'none')])).toContain('TL5003');
    expect(refusal(['check', folder])).toContain('TL5003');
  });
});

describe('config diff', () => {
  it('shows what is not the default, and no password', () => {
    const lines = linesOf(['diff', written('good.config', good)]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'policy.endpoint.rtp_inactivity_timeout = 30 (default: 150)',
        'proxies.proxy0.password = (secret) (default: empty)',
      ]),
    );
    expect(lines.join()).not.toContain('hunter2');
    const told: unknown = JSON.parse(run(['diff', '--json', join(folder, 'good.config')]).output);
    expect(told).toContainEqual(expect.objectContaining({ path: 'proxies.proxy0.password', value: null }));
  });

  it('says so where there is nothing to show, and where nothing can be read', () => {
    expect(linesOf(['diff', written('bare.config', '<r/>')])).toEqual(['all as by default']);
    expect(refusal(['diff', written('broken.config', '<r>')])).toBe(
      `TL5001 The configuration ${join(folder, 'broken.config')} cannot be used. Line 1: it is not well-formed XML; nothing of it is used.`,
    );
  });
});

describe('config explain', () => {
  it('tells all of a setting, by its path or the end of it', () => {
    const told = [
      'proxies.proxyN.nat.turn_password',
      "Our password there. GCTI_TURN_PASSWORD in the endpoint's environment goes before it. Secret: it is shown nowhere.",
      'values: text',
      'default: empty',
      'a change takes effect once the line is registered anew',
      'for: endpoint adapter',
    ];
    for (const word of ['turn_password', 'proxies.proxy3.nat.turn_password', 'Proxies:proxyN:nat:TURN_PASSWORD'])
      expect(linesOf(['explain', word])).toEqual(told);
    expect(linesOf(['explain', 'system.security.cert_file']).slice(-1)).toEqual(['before: system.security.cert_file']);
    expect(linesOf(['explain', 'video_qos'])[1]).toBe('DSCP of video. No effect: there is no video.');
  });

  it('lists the settings of a section, and those of the same name', () => {
    expect(linesOf(['explain', 'policy.device'])).toHaveLength(9);
    expect(linesOf(['explain', 'policy:device'])).toHaveLength(9);
    expect(linesOf(['explain', 'protocol']).map((it) => it.split(': ')[0])).toEqual([
      'protocol:N',
      'policy.connector.protocol',
    ]);
    expect(linesOf(['explain', 'proxies.proxy0.mailbox'])).toHaveLength(5);
    expect(linesOf(['explain', 'ringing_file']).map((it) => it.split(':')[0])).toEqual([
      'policy.session.ringing_file',
      'system.media.ringing_file',
    ]);
  });

  it('knows no other', () => {
    expect(refusal(['explain', 'color'])).toContain('There is no setting "color".');
  });
});

describe('config init', () => {
  it('writes a file for its owner alone, and never over another', () => {
    const file = join(folder, 'new.config');
    expect(linesOf(['init', file])).toEqual([`${file} is written`]);
    expect(readFileSync(file, 'utf8')).toBe(template());
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, 'mine');
    expect(refusal(['init', file])).toContain('is there already, and is left as it is.');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(refusal(['init', join(folder, 'no', 'folder')])).toContain('cannot be written.');
  });

  it('writes to the output where no file is named', () => {
    expect(run(['init'])).toEqual({ output: template(), status: 0 });
  });
});

describe('config policy', () => {
  const reading = policyFrom([
    {
      name: 'THE POLICY',
      options: [
        ['Policy:Session:Auto_Answer', true],
        ['policy.connector.secret', 'hunter2hunter2hunter2'],
        ['policy.connector.port', ''],
      ],
    },
  ]);

  it('tells what it sets, where that stands, and what is wrong with it', () => {
    expect(run(['policy'], reading)).toEqual({
      output: [
        'policy.session.auto_answer = 1 (THE POLICY)',
        'policy.connector.port = empty (THE POLICY)',
        'THE POLICY: "policy.connector.secret" is secret, and everybody can read a policy; it is left out.',
        '',
      ].join('\n'),
      status: 1,
    });
    expect(JSON.parse(run(['policy', '--json'], reading).output)).toMatchObject({
      options: [{ path: 'policy.session.auto_answer', value: '1', source: 'THE POLICY' }, {}],
      mistakes: [{ source: 'THE POLICY', instead: 'it is left out' }],
    });
  });

  it('says so where there is none', () => {
    expect(run(['policy'])).toEqual({ output: 'there is no policy\n', status: 0 });
  });
});

it('says how it is used', () => {
  expect(run(['--help']).output).toContain('thinline config check FILE');
});
