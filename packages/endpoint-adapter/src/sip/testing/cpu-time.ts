/** ms of work of this thread: what is held up by others on the machine doesn't count. */
export function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
