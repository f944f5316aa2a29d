// What was measured over what the models say, by the number of tokens. Between two sizes the ratio's logarithm is linear in that
// of the size, beyond them it stays: so the models' own times change nothing, and what makes kernels uneven stays the models'.

export interface RatioPoint {
  readonly tokens: number;
  readonly ratio: number;
}

/** How a ratio was found: at a size that was measured, between two, or from the nearest (or for all sizes). */
export type Fit = "exact" | "interpolated" | "scaled";

/** Sizes that differ by less are the same: they went through a few divisions. */
const SAME_SIZE = 1e-9;

export class RatioCurve {
  /** Ascending, each size once. */
  readonly #points: readonly RatioPoint[];

  /** `points`: one at least. Those of one size count by their geometric mean. */
  constructor(points: readonly RatioPoint[]) {
    const sorted = [...points].sort((one, other) => one.tokens - other.tokens);
    const merged: { tokens: number; ratio: number; count: number }[] = [];
    for (const { tokens, ratio } of sorted) {
      const last = merged.at(-1);
      if (last !== undefined && tokens <= last.tokens * (1 + SAME_SIZE)) {
        if (ratio !== last.ratio) last.ratio = (last.ratio ** last.count * ratio) ** (1 / (last.count + 1));
        last.count++;
      } else merged.push({ tokens, ratio, count: 1 });
    }
    this.#points = merged;
  }

  at(tokens: number): { readonly ratio: number; readonly fit: Fit } {
    const upper = this.#points.findIndex((each) => each.tokens >= tokens * (1 - SAME_SIZE));
    if (upper < 0) return { ratio: this.#points.at(-1)!.ratio, fit: "scaled" };
    const above = this.#points[upper]!;
    if (above.tokens <= tokens * (1 + SAME_SIZE)) return { ratio: above.ratio, fit: "exact" };
    const below = this.#points[upper - 1];
    if (below === undefined) return { ratio: above.ratio, fit: "scaled" };
    if (below.ratio === above.ratio) return { ratio: above.ratio, fit: "interpolated" };
    const way = Math.log(tokens / below.tokens) / Math.log(above.tokens / below.tokens);
    return { ratio: below.ratio * (above.ratio / below.ratio) ** way, fit: "interpolated" };
  }
}
