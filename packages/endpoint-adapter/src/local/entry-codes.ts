/**
 * Codes that let a browser in. The address that has one may end up in a list of processes or in a browser's history, so
 * each is good for one entry and a short while.
 */
import { makeToken, sameToken } from '@thinline/shared/loopback-guard.ts';

const goodForMs = 5 * 60_000;
/** More than anybody asks for at a time. */
const most = 16;

export class EntryCodes {
  /** Each with when it ends, ms; the oldest first. */
  #codes: { code: string; endsMs: number }[] = [];

  make(nowMs: number): string {
    const code = makeToken();
    this.#codes = [...this.#good(nowMs), { code, endsMs: nowMs + goodForMs }].slice(-most);
    return code;
  }

  /** Whether it lets in now; it doesn't a second time. */
  admits(code: string, nowMs: number): boolean {
    const good = this.#good(nowMs);
    this.#codes = good.filter((it) => !sameToken(code, it.code));
    return this.#codes.length < good.length;
  }

  #good = (nowMs: number) => this.#codes.filter(({ endsMs }) => nowMs < endsMs);
}
