import { useEffect, useState } from 'preact/hooks';
import type { Source } from '../../src/source.ts';

export function useSource<Value>(source: Source<Value>): Value {
  const [value, setValue] = useState(source.get);
  useEffect(() => {
    const update = () => setValue(() => source.get());
    update();
    return source.watch(update);
  }, [source]);
  return value;
}

/** The time, ms since 1970, anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setHolds(list.matches);
    update();
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return holds;
}
