/** How long this process computes on a piece of work, in milliseconds; other programs on the machine do not count. */
export function cpuMilliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
