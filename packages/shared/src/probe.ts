/** What `--probe` of a program tells: whether what it is made of works on this machine. */
import { isSea } from 'node:sea';
import { version } from './version.ts';

export interface Finding {
  /** What was tried. */
  name: string;
  works: boolean;
  /** Without it there is no phone; otherwise one with less to it. */
  needed: boolean;
  /** For people: what was found, or why it doesn't work. */
  detail: string;
}

/** What `look` says of it, or why it threw. */
export async function tried(name: string, needed: boolean, look: () => string | Promise<string>): Promise<Finding> {
  try {
    return { name, needed, works: true, detail: await look() };
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    return { name, needed, works: false, detail };
  }
}

export const isWell = (findings: readonly Finding[]): boolean =>
  findings.every(({ works, needed }) => works || !needed);

const mark = ({ works, needed }: Finding): string => (works ? 'ok     ' : needed ? 'FAILED ' : 'without');

/** Lines for people, or one JSON document; both end with a line end. */
export function probeReport(program: string, findings: readonly Finding[], json: boolean): string {
  const about = {
    program,
    version,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    packaged: isSea(),
    works: isWell(findings),
  };
  if (json) return `${JSON.stringify({ ...about, findings }, null, 2)}\n`;
  const head = `${program} ${version}, Node.js ${about.node}, ${about.platform}-${about.arch}, ${about.packaged ? 'packaged' : 'from sources'}`;
  const lines = findings.map((finding) => `${mark(finding)} ${finding.name}: ${finding.detail}`);
  return [head, ...lines, ''].join('\n');
}
