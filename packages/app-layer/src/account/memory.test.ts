import { silent } from '@thinline/shared/log/log.ts';
import type { StateFile } from '@thinline/shared/state-file.ts';
import { expect, it } from 'vitest';
import type { Account } from './account.ts';
import { type AccountMemoryOptions, makeAccountMemory } from './memory.ts';

type Secrets = NonNullable<Awaited<ReturnType<AccountMemoryOptions['openKeyring']>>>;

const account: Account = {
  user: '701',
  displayName: 'Ada',
  authUser: 'ada',
  password: 'hunter2',
  server: 'sip.example:5060',
  transport: 'tcp',
  keep: true,
};

class FakeFile implements StateFile {
  text = '';
  read = async () => this.text;
  async write(text: string) {
    this.text = text;
  }
  async remove() {
    this.text = '';
  }
}

class FakeKeyring implements Secrets {
  readonly secrets = new Map<string, string>();
  async keep(name: string, secret: string) {
    this.secrets.set(name, secret);
    return true;
  }
  recall = async (name: string) => this.secrets.get(name) ?? null;
  async forget(name: string) {
    this.secrets.delete(name);
  }
}

function make(keyring: Secrets | null = new FakeKeyring(), file = new FakeFile()) {
  const said: string[] = [];
  const log = { ...silent, warning: (text: string | (() => string)) => said.push(String(text)) };
  return { memory: makeAccountMemory({ file, openKeyring: async () => keyring, log }), file, keyring, said };
}

it('names go into the file, the password into the keyring alone', async () => {
  const keyring = new FakeKeyring();
  const { memory, file } = make(keyring);
  expect(await memory.canKeep()).toBe(true);
  await memory.keep(account);
  expect(file.text).toContain('701');
  expect(file.text).not.toContain('hunter2');
  expect([...keyring.secrets]).toEqual([['701@sip.example:5060', 'hunter2']]);
  expect(await memory.recall()).toEqual(account);
  await memory.forget();
  expect(await memory.recall()).toBeNull();
  expect(keyring.secrets.size).toBe(0);
});

it('who is remembered instead of another leaves nothing of the other behind', async () => {
  const keyring = new FakeKeyring();
  const { memory } = make(keyring);
  await memory.keep(account);
  await memory.keep({ ...account, password: 'changed' });
  expect([...keyring.secrets]).toEqual([['701@sip.example:5060', 'changed']]);
  await memory.keep({ ...account, user: '702', password: 'other' });
  expect([...keyring.secrets]).toEqual([['702@sip.example:5060', 'other']]);
});

it('who signs in and out at once is not remembered, and who comes after that is', async () => {
  const keyring = new FakeKeyring();
  const { memory, file } = make(keyring);
  await Promise.all([memory.keep(account), memory.forget()]);
  expect([file.text, keyring.secrets.size]).toEqual(['', 0]);
  const next = { ...account, user: '702' };
  await Promise.all([memory.keep(account), memory.forget(), memory.keep(next)]);
  expect(await memory.recall()).toEqual(next);
  expect([...keyring.secrets.keys()]).toEqual(['702@sip.example:5060']);
});

it('without a keyring the password has to be typed again', async () => {
  const { memory } = make(null);
  expect(await memory.canKeep()).toBe(false);
  await memory.keep(account);
  expect(await memory.recall()).toEqual({ ...account, password: '' });
});

it.each(['{', '[]', '"x"', 'null', '{"user":7}', ''])('a file of %j remembers nobody', async (text) => {
  const { memory, file } = make();
  file.text = text;
  expect(await memory.recall()).toBeNull();
  await memory.forget();
  expect(file.text).toBe('');
});

it('what does not work is said, and never in the way', async () => {
  const fails = async () => {
    throw new Error('the disk is full');
  };
  const file = Object.assign(new FakeFile(), { write: fails, remove: fails });
  const locked: Secrets = { keep: async () => false, recall: async () => null, forget: async () => {} };
  const { memory, said } = make(locked, file);
  await memory.keep(account);
  file.text = JSON.stringify({ user: '701' });
  expect(await memory.recall()).toMatchObject({ user: '701', password: '' });
  await memory.forget();
  expect(said).toEqual([
    'the account is not kept: The disk is full.',
    'the password is not kept: the keyring stays locked, or refuses it',
    'the account is not forgotten: The disk is full.',
  ]);
});
