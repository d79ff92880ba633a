/** Linux: the Secret Service (GNOME Keyring, KWallet, KeePassXC), by `secret-tool` of libsecret. */
import type { Keyring, KeyringKind } from './keyring.ts';
import { forgetLimit, isKeepable, keepLimit, plainName, recallLimit } from './limits.ts';
import { runProgram } from './run-program.ts';

const attributes = (account: string): string[] => ['application', 'thinline', 'account', plainName(account)];

class SecretService implements Keyring {
  readonly name = "the desktop's keyring";
  readonly #program: string;

  constructor(program: string) {
    this.#program = program;
  }

  async keep(account: string, secret: string): Promise<boolean> {
    if (!isKeepable(account, secret)) return false;
    const argv = ['store', '--label=Thinline', ...attributes(account)];
    const { code } = await runProgram(this.#program, argv, { input: secret, limit: keepLimit });
    return code === 0;
  }

  async recall(account: string): Promise<string | null> {
    const { code, output } = await runProgram(this.#program, ['lookup', ...attributes(account)], {
      limit: recallLimit,
    });
    return code === 0 && output !== '' ? output : null;
  }

  async forget(account: string): Promise<void> {
    await runProgram(this.#program, ['clear', ...attributes(account)], { limit: forgetLimit });
  }
}

/** program: secret-tool, or what stands in for it in a test. */
export const secretService = (program = 'secret-tool'): KeyringKind => ({
  platform: 'linux',
  async open() {
    // What nobody has kept is not found without a word; a service that isn't there is complained about.
    const { code, complained } = await runProgram(program, ['lookup', 'application', 'thinline', 'probe', 'none'], {
      limit: recallLimit,
    });
    return code === 0 || (code === 1 && !complained) ? new SecretService(program) : null;
  },
});
