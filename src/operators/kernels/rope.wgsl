// Sine and cosine by a polynomial around the nearest multiple of a quarter turn: WGSL promises its own only 2^-11.
fn sine_cosine(angle: f32) -> vec2f {
  let quarters = round(angle * 0.63661977);
  // Half of pi in two parts, the first of which has few bits, so that its multiples are exact.
  let r = (angle - quarters * 1.5703125) - quarters * 0.00048382679;
  let z = r * r;
  let s = r + r * z * (-1.0 / 6.0 + z * (1.0 / 120.0 + z * (-1.0 / 5040.0 + z / 362880.0)));
  let c = 1.0 + z * (-0.5 + z * (1.0 / 24.0 + z * (-1.0 / 720.0 + z / 40320.0)));
  switch u32(quarters) % 4u {
    case 0u: { return vec2f(s, c); }
    case 1u: { return vec2f(c, -s); }
    case 2u: { return vec2f(-s, -c); }
    default: { return vec2f(-c, s); }
  }
}

// Components 2 * pair and 2 * pair + 1 of a head of width `dim`, stored from `word` on, turned for their position.
fn rotated(word: u32, pair: u32, dim: u32, position: u32, theta: f32) -> vec2f {
  let turn = sine_cosine(f32(position) * pow(theta, -2.0 * f32(pair) / f32(dim)));
  let even = load(word + 2u * pair);
  let odd = load(word + 2u * pair + 1u);
  return vec2f(even * turn.y - odd * turn.x, even * turn.x + odd * turn.y);
}
