/** What a probe in the media worker (thread.ts) tells, and how it is asked. */

/** The environment variable with the file that the report is written to. */
export const reportVariable = 'THINLINE_BENCH_PROBE';
export const stepSignal = 'SIGUSR2';
/** The worker's name, as media.ts gives it. */
export const mediaThread = 'media';
/** Mean distance between two samples of the heap profile. */
export const sampleBytes = 1024;

export interface Allocation {
  name: string;
  /** Of its script; empty for V8's own. */
  url: string;
  bytes: number;
}

export interface ProbeReport {
  watchedMs: number;
  /** For garbage collection, ms each. */
  pauses: number[];
  profiledMs: number;
  /** On V8's heap, what has been collected again included. */
  allocations: Allocation[];
}

/** Virtual devices stand for the sound card, which makes no garbage. */
export type Owner = 'ours' | 'Node' | 'libraries' | 'virtual devices';

export function ownerOf(url: string): Owner {
  if (/\/audio\/(drivers\/virtual|wav)\.ts$/.test(url)) return 'virtual devices';
  if (url.includes('/node_modules/') || url.startsWith('wasm:')) return 'libraries';
  return url.includes('/packages/') ? 'ours' : 'Node';
}

export interface AllocationRow {
  owner: Owner;
  what: string;
  bytesPerFrame: number;
}

const frameMs = 10;

/** The greatest `count` of them; what the others of an owner make is one row. */
export function allocationRows({ profiledMs, allocations }: ProbeReport, count: number): AllocationRow[] {
  const frames = Math.max(1, profiledMs / frameMs);
  const sum = (some: readonly AllocationRow[]): number => some.reduce((total, it) => total + it.bytesPerFrame, 0);
  const each = allocations.map(({ name, url, bytes }): AllocationRow => {
    const script = url.slice(url.lastIndexOf('/') + 1);
    const what = [name || '(anonymous)', ...(script === '' ? [] : [`in ${script}`])].join(' ');
    return { owner: ownerOf(url), what, bytesPerFrame: bytes / frames };
  });
  const rows = [...Map.groupBy(each, ({ owner, what }) => `${owner} ${what}`).values()]
    .flatMap((same) => same.slice(0, 1).map((it) => ({ ...it, bytesPerFrame: sum(same) })))
    .filter(({ bytesPerFrame }) => bytesPerFrame > 0)
    .sort((a, b) => b.bytesPerFrame - a.bytesPerFrame);
  const others = Map.groupBy(rows.slice(count), ({ owner }) => owner);
  return [
    ...rows.slice(0, count),
    ...[...others].map(([owner, some]) => ({
      owner,
      what: `${some.length} other functions`,
      bytesPerFrame: sum(some),
    })),
  ];
}

export function allocatedBy(owner: Owner, { profiledMs, allocations }: ProbeReport): number {
  const bytes = allocations.reduce((sum, it) => (ownerOf(it.url) === owner ? sum + it.bytes : sum), 0);
  return (bytes * frameMs) / Math.max(frameMs, profiledMs);
}
