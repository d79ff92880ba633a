/** What a process takes of the machine, as Linux counts it in /proc (proc_pid_stat(5), proc_pid_status(5)). */
import { readFile } from 'node:fs/promises';

/** USER_HZ: the same on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

export interface Usage {
  /** Of all its threads, since it started. */
  cpuSeconds: number;
  /** What of it is in memory, 10⁶ bytes. */
  residentMb: number;
}

/** utime + stime, s. The program's name, before them, may hold spaces and brackets. */
export function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const seconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  if (!Number.isFinite(seconds)) throw new Error(`This is no /proc/PID/stat: ${stat.slice(0, 80)}`);
  return seconds;
}

/** VmRSS, 10⁶ bytes. */
export function residentMbOf(status: string): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kib === undefined) throw new Error('There is no VmRSS in this /proc/PID/status.');
  return (Number(kib) * 1024) / 1e6;
}

/** Rejects when there is no such process. */
export async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'latin1'),
    readFile(`/proc/${pid}/status`, 'latin1'),
  ]);
  return { cpuSeconds: cpuSecondsOf(stat), residentMb: residentMbOf(status) };
}
