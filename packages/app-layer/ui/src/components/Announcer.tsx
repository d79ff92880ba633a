import { useEffect, useRef, useState } from 'preact/hooks';
import type { Call } from '../../../src/panel/api.ts';
import { announcement, documentTitle } from '../view.ts';

/** Says what happens to calls where it can't be seen: to a screen reader, and in the window's title. */
export function Announcer({ calls }: { calls: Call[] }) {
  const before = useRef<Call[]>([]);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const text = announcement(before.current, calls);
    before.current = calls;
    if (text !== '') setSaid(text);
    document.title = documentTitle(calls);
  }, [calls]);
  return (
    <p class="unseen" role="status" aria-live="assertive">
      {said}
    </p>
  );
}
