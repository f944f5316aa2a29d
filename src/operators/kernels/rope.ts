// Rotary position embedding of neighbouring pairs, for CPU kernels and references. Source: Su et al., RoFormer, equation 34.

/** Cosine and sine of an angle. */
export interface Turn {
  readonly cosine: number;
  readonly sine: number;
}

/**
 * The turns of a head of width `dim` at `length` positions from `context` on, [length, dim / 2]: components 2 * pair and
 * 2 * pair + 1 turn by position * theta ^ (-2 * pair / dim).
 */
export function turns({
  length,
  context,
  dim,
  theta,
}: Readonly<Record<"length" | "context" | "dim" | "theta", number>>): readonly Turn[] {
  const pairs = dim / 2;
  return Array.from({ length: length * pairs }, (_, at) => {
    const position = context + Math.floor(at / pairs);
    const angle = position * theta ** ((-2 * (at % pairs)) / dim);
    return { cosine: Math.cos(angle), sine: Math.sin(angle) };
  });
}

/** Writes the two components at `from`, turned, to `to`. */
export function rotate(
  data: Float32Array | Float64Array,
  from: number,
  { cosine, sine }: Turn,
  out: Float32Array | Float64Array,
  to: number,
): void {
  const even = data[from]!;
  const odd = data[from + 1]!;
  out[to] = even * cosine - odd * sine;
  out[to + 1] = even * sine + odd * cosine;
}
