// Rotary position embedding of neighbouring pairs, for CPU kernels and references. Source: Su et al., RoFormer, equation 34.

/**
 * Components 2 * pair and 2 * pair + 1 of the head of width `dim` that begins at `offset`, turned by
 * position * theta ^ (-2 * pair / dim).
 */
export function rotated(
  data: Float32Array | Float64Array,
  offset: number,
  { pair, dim, position, theta }: { pair: number; dim: number; position: number; theta: number },
): readonly [number, number] {
  const angle = position * theta ** ((-2 * pair) / dim);
  const even = data[offset + 2 * pair]!;
  const odd = data[offset + 2 * pair + 1]!;
  return [even * Math.cos(angle) - odd * Math.sin(angle), even * Math.sin(angle) + odd * Math.cos(angle)];
}
