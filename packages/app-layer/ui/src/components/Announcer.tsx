import { useEffect, useRef, useState } from 'preact/hooks';
import type { Call, Line } from '../../../src/panel/api.ts';
import { announcement, documentTitle, lineAnnouncement } from '../view.ts';

interface Known {
  calls: Call[];
  lines: Line[];
}

/** Says what happens to calls and lines where it can't be seen: to a screen reader, and in the window's title. */
export function Announcer({ calls, lines }: Known) {
  const before = useRef<Known>({ calls: [], lines: [] });
  const [said, setSaid] = useState('');
  useEffect(() => {
    const texts = [announcement(before.current.calls, calls), lineAnnouncement(before.current.lines, lines)];
    before.current = { calls, lines };
    const text = texts.filter((it) => it !== '').join('. ');
    if (text !== '') setSaid(text);
    document.title = documentTitle(calls);
  }, [calls, lines]);
  return (
    <p class="unseen" role="status" aria-live="assertive">
      {said}
    </p>
  );
}
