/** Where the focus goes when what has it disappears: never nowhere. */

/** The call itself if it is still there, else the one that took its place, else the one before it; null: there is none. */
export function neighbour(before: readonly string[], gone: string, now: readonly string[]): string | null {
  if (now.includes(gone)) return gone;
  const place = before.indexOf(gone);
  if (place < 0) return now[0] ?? null;
  const isHere = (id: string) => now.includes(id);
  return before.slice(place + 1).find(isHere) ?? before.slice(0, place).findLast(isHere) ?? now[0] ?? null;
}

const focusable = 'button:enabled, input:enabled, select:enabled, a[href], summary';

const callsIn = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-call]')];
const idOf = (element: HTMLElement): string => element.dataset.call ?? '';

function ancestorsOf(element: Element, root: Element): Element[] {
  const above: Element[] = [];
  for (let it = element.parentElement; it && it !== root; it = it.parentElement) above.push(it);
  return above;
}

/**
 * Watches the focus in `root`. Where what had it is gone, another control of the same call gets it, else a neighbouring
 * call itself, else what stood around it, else `fallback`; one that was disabled gets it back when it is enabled again.
 */
export function keepFocus(root: HTMLElement, fallback: () => HTMLElement | null): void {
  const { body } = document;
  let last: HTMLElement | null = null;
  let around: Element[] = [];
  let call: string | null = null;
  let known: string[] = [];

  root.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    around = ancestorsOf(target, root);
    call = target.closest<HTMLElement>('[data-call]')?.dataset.call ?? null;
  });
  // A click beside everything gives the focus up, and so it stays.
  document.addEventListener('pointerdown', () => {
    last = null;
  });

  const heirAround = (): HTMLElement | null => {
    const place = around.find((it) => it.isConnected && it.querySelector(focusable) !== null);
    return place?.querySelector<HTMLElement>(focusable) ?? null;
  };
  const heirAmong = (calls: readonly HTMLElement[]): HTMLElement | null => {
    if (call === null) return heirAround() ?? fallback();
    const next = neighbour(known, call, calls.map(idOf));
    const card = calls.find((it) => idOf(it) === next);
    // A key that was meant for the call that has just gone must do nothing to its neighbour.
    const control = next === call ? card?.querySelector<HTMLElement>('button:enabled') : null;
    return control ?? card ?? fallback();
  };
  const settle = () => {
    const calls = callsIn(root);
    const { activeElement } = document;
    if (last !== null && (activeElement === null || activeElement === body)) {
      if (!last.isConnected) heirAmong(calls)?.focus();
      else if (!last.matches(':disabled')) last.focus();
    }
    known = calls.map(idOf);
  };
  new MutationObserver(settle).observe(root, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}
