import { useEffect, useRef, useState } from 'preact/hooks';
import type { Call, Line } from '../../../src/panel/api.ts';
import { sentences } from '../../../src/words/punctuation.ts';
import { useSource } from '../hooks.ts';
import { remark } from '../store.ts';
import { type Announcement, announcement, documentTitle, lineAnnouncement } from '../view.ts';

interface Known {
  calls: Call[];
  lines: Line[];
}

/**
 * Says what happens to calls and lines where it can't be seen: in the window's title, and to a screen reader, which is
 * interrupted by calls that come in and by nothing else.
 */
export function Announcer({ calls, lines }: Known) {
  const before = useRef<Known>({ calls: [], lines: [] });
  const [said, setSaid] = useState<Announcement>({ incoming: '', rest: '' });
  const told = useSource(remark);
  useEffect(() => {
    const { incoming, rest } = announcement(before.current.calls, calls);
    const changes = sentences([rest, lineAnnouncement(before.current.lines, lines)]);
    before.current = { calls, lines };
    setSaid((last) => ({ incoming: incoming || last.incoming, rest: changes || last.rest }));
    document.title = documentTitle(calls);
  }, [calls, lines]);
  useEffect(() => {
    if (told.text !== '') setSaid((last) => ({ ...last, rest: told.text }));
  }, [told]);
  return (
    <div class="unseen">
      <p aria-live="assertive">{said.incoming}</p>
      <p role="status">{said.rest}</p>
    </div>
  );
}
