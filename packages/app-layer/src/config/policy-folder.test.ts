import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { faultText } from '@thinline/shared/config/policy.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machinePolicy } from './policy.ts';
import { policyFolder } from './policy-folder.ts';

const isRoot = userInfo().uid === 0;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-policies-'));
});
afterEach(() => {
  delete process.env.THINLINE_POLICIES;
  rmSync(folder, { recursive: true });
});

function write(name: string, value: unknown = '1'): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ options: { 'policy.session.auto_answer': value } }), { mode: 0o644 });
  return file;
}

const faults = () => policyFolder(folder, 'user').faults.map((it) => faultText(it).replaceAll(folder, 'FOLDER'));

it('its files are read by their names, those that end in .json', () => {
  for (const name of ['20-b.json', '10-a.json', '.hidden.json', '30.json.bak', 'readme.txt']) write(name);
  expect(policyFolder(folder, 'user')).toEqual({
    sources: ['10-a.json', '20-b.json'].map((name) => ({
      name: join(folder, name),
      options: [['policy.session.auto_answer', '1']],
    })),
    faults: [],
  });
});

it('where there is none there is no policy', () => {
  expect(policyFolder(join(folder, 'none'), 'root')).toEqual({ sources: [], faults: [] });
});

it('what is malformed is told, and the other files count', () => {
  write('20.json');
  writeFileSync(join(folder, '10.json'), '{');
  expect(faults()).toEqual(['FOLDER/10.json: it is not JSON in UTF-8; nothing of it is used.']);
  expect(policyFolder(folder, 'user').sources).toHaveLength(1);
});

it('no more is read than a file may have, and no more files than there should be', () => {
  writeFileSync(join(folder, 'a.json'), ' '.repeat(1 << 20));
  for (let n = 0; n < 100; n += 1) write(`b${n}.json`);
  expect(faults()).toEqual([
    'FOLDER: there are more than 100 files in it; the others are not read.',
    'FOLDER/a.json: it is larger than 256 KiB; nothing of it is used.',
  ]);
  expect(policyFolder(folder, 'user').sources).toHaveLength(99);
});

describe.skipIf(process.platform === 'win32')('what others may have written is refused', () => {
  it('a file that others may write', () => {
    for (const mode of [0o666, 0o664]) {
      chmodSync(write('a.json'), mode);
      expect(faults()).toEqual(['FOLDER/a.json: others than its owner may write it; nothing of it is used.']);
    }
  });

  it('a folder that others may write', () => {
    write('a.json');
    chmodSync(folder, 0o777);
    expect(faults()).toEqual(['FOLDER: others than its owner may write it; nothing of it is used.']);
    expect(policyFolder(folder, 'user').sources).toEqual([]);
  });

  it('links, pipes and folders are no files', () => {
    symlinkSync(write('target'), join(folder, 'link.json'));
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    mkdirSync(join(folder, 'folder.json'));
    expect(faults()).toEqual([
      'FOLDER/folder.json: it is not a file; nothing of it is used.',
      'FOLDER/link.json: it is a link; nothing of it is used.',
      'FOLDER/pipe.json: it is not a file; nothing of it is used.',
    ]);
    symlinkSync(folder, `${folder}-link`);
    expect(policyFolder(`${folder}-link`, 'user').faults.map(faultText)[0]).toContain('it is not a folder');
    rmSync(`${folder}-link`);
  });

  it("what isn't root's", () => {
    // Whoever isn't root has nothing else.
    const giveAway = (path: string) => (isRoot ? chownSync(path, 12_345, 0) : undefined);
    const told = () =>
      policyFolder(folder, 'root')
        .faults.map(faultText)
        .map((it) => it.replaceAll(folder, 'FOLDER'));
    giveAway(write('a.json'));
    if (isRoot) expect(told()).toEqual(['FOLDER/a.json: it does not belong to root; nothing of it is used.']);
    giveAway(folder);
    expect(told()).toEqual(['FOLDER: it does not belong to root; nothing of it is used.']);
  });
});

it('THINLINE_POLICIES names one besides', async () => {
  write('a.json', 'maybe');
  const file = join(folder, 'b.json');
  writeFileSync(file, '{"options":{"policy.session.beeps":"1"}}', { mode: 0o600 });
  process.env.THINLINE_POLICIES = folder;
  const { policy, faults } = await machinePolicy();
  expect(policy.get('policy.session.beeps')).toEqual({ value: '1', source: file });
  expect(faults.map(faultText)).toContainEqual(expect.stringContaining('a.json: policy.session.auto_answer: "maybe"'));
});
