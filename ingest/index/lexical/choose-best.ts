/** How finely scores are told apart. */
const STEPS = 1024;

export type Choice = {
  /** No score is higher than this. */
  added: number;
  /** What any score may still gain. */
  outstanding: number;
  /** So many of the highest are to be among the chosen, whatever the others gain, … */
  wanted: number;
  /** … unless that takes more than these; the highest then. */
  most: number;
};

/**
 * The places of the highest scores, ascending, found without sorting: counted by score, then taken from the top. None that is 0.
 * @returns `undefined` where any score, even 0, may come to be among the highest
 */
export function chooseBest(scores: Float32Array, { added, outstanding, wanted, most }: Choice): number[] | undefined {
  const scale = STEPS / added;
  // One more for a score that rounding lifted.
  const counts = new Uint32Array(STEPS + 2);
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    const step = (score * scale) | 0;
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const hopeful = stepReachedBy(wanted, counts) - (outstanding === 0 ? 0 : Math.ceil(outstanding * scale));
  if (outstanding > 0 && hopeful <= 0) return undefined;
  const lowest = Math.max(hopeful, stepReachedBy(most, counts));
  const chosen: number[] = [];
  let left = most;
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    const step = (score * scale) | 0;
    if (step > lowest || (step === lowest && score > 0 && left-- > 0)) chosen.push(at);
  }
  return chosen;
}

/** The highest step that so many scores reach; 0 where fewer do. */
function stepReachedBy(wanted: number, counts: Uint32Array): number {
  let reached = 0;
  for (let step = counts.length - 1; step > 0; step--) {
    reached += counts[step] ?? 0;
    if (reached >= wanted) return step;
  }
  return 0;
}
