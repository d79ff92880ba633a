/** macOS: the login keychain, by `security`. Proven with a program that stands in for it, not yet on a Mac. */
import type { Keyring, KeyringKind } from './keyring.ts';
import { forgetLimit, isKeepable, keepLimit, plainName, recallLimit } from './limits.ts';
import { runProgram } from './run-program.ts';

const item = (account: string): string[] => ['-s', 'Thinline', '-a', plainName(account)];

/** As letters that need no quotes in a line for `security -i`, which reads no more than 4 KiB. */
const encode = (secret: string): string => Buffer.from(secret).toString('base64');
const decode = (text: string): string => Buffer.from(text, 'base64').toString();

class Keychain implements Keyring {
  readonly name = 'the login keychain';
  readonly #program: string;

  constructor(program: string) {
    this.#program = program;
  }

  async keep(account: string, secret: string): Promise<boolean> {
    if (!isKeepable(account, secret)) return false;
    const command = ['add-generic-password', '-U', ...item(account), '-w', encode(secret)].join(' ');
    await runProgram(this.#program, ['-i'], { input: `${command}\n`, limit: keepLimit });
    // How a command of `-i` went is not to be had from how the program ends.
    return (await this.recall(account)) === secret;
  }

  async recall(account: string): Promise<string | null> {
    const argv = ['find-generic-password', ...item(account), '-w'];
    const { code, output } = await runProgram(this.#program, argv, { limit: recallLimit });
    return code === 0 ? decode(output) || null : null;
  }

  async forget(account: string): Promise<void> {
    await runProgram(this.#program, ['delete-generic-password', ...item(account)], { limit: forgetLimit });
  }
}

/** program: security, or what stands in for it in a test. */
export const keychain = (program = '/usr/bin/security'): KeyringKind => ({
  platform: 'darwin',
  async open() {
    const { code } = await runProgram(program, ['default-keychain'], { limit: recallLimit });
    return code === 0 ? new Keychain(program) : null;
  },
});
