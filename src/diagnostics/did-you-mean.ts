// The nearest legal name for a misspelt one, or none where nothing is near enough to be worth saying.

/**
 * The candidate with the smallest edit distance to `name`, if it is at most a third of the longer of the two (and
 * at least 1). Case alone counts as half an edit. Ties go to a candidate
 * that goes on where `name` ends, else to the earlier one.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const limit = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
    if (Math.abs(name.length - candidate.length) > limit) continue;
    const distance = sameButCase(name, candidate)
      ? 0.5
      : editDistance(name.toLowerCase(), candidate.toLowerCase());
    const goesOn =
      distance === bestDistance && candidate.startsWith(name) && best?.startsWith(name) === false;
    if (distance <= limit && (distance < bestDistance || goesOn)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A sentence for a hint: `Did you mean "top_k"?`, else the legal names where they are few, else `otherwise`. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: string): string {
  const all = [...candidates];
  const nearest = nearestName(name, all);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (all.length > 0 && all.length <= 12) return `Known here: ${all.join(", ")}.`;
  return otherwise;
}

function sameButCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Edits are insertion, deletion, substitution and the swap of two neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(
        (current[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + changed,
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
