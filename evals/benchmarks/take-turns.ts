/** Does the thing that is timed, with the question of this number. */
export type Contestant = { name: string; ask: (question: number) => unknown };

/** Times of a contestant, in milliseconds of CPU time of this process. */
export type TurnTimes = { median: number; p99: number };

/**
 * Lets contestants take turns, question by question, so that the machine's moods hit all alike, and each comes first as often as another. No
 * question is asked twice. CPU time is counted and not the clock: other processes share the machine.
 * @param warmUp so many questions are asked before any is timed
 * @param now the clock, in milliseconds, for contestants whose work other processes do
 */
export async function takeTurns(
  contestants: readonly Contestant[],
  { questions, warmUp, now = cpuMilliseconds }: { questions: number; warmUp: number; now?: () => number },
): Promise<TurnTimes[]> {
  const times = contestants.map((): number[] => []);
  for (let question = 0; question < questions; question++) {
    for (let place = 0; place < contestants.length; place++) {
      const number = (question + place) % contestants.length;
      const start = now();
      await contestants[number]?.ask(question);
      const taken = now() - start;
      if (question >= warmUp) times[number]?.push(taken);
    }
  }
  return times.map((of) => ({ median: quantile(of, 0.5), p99: quantile(of, 0.99) }));
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** So many times the other, in three digits at most. */
export const ratio = (one: number, other: number): string => {
  const times = one / other;
  return `${times.toFixed(times >= 10 ? 0 : times >= 1 ? 1 : 3)} ×`;
};
