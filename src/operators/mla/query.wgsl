// out = norm(latent) w, or x w where there is no low-rank query (q_rank 0).
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread / p.n;
  let column = thread % p.n;
  let latent = p.latent + row * p.latent_width;
  var squares = 0.0;
  var sum = 0.0;
  for (var i = 0u; i < p.q_rank; i++) {
    let value = load(latent + i);
    squares += value * value;
    sum += value * load(p.gain + i) * load(p.w + i * p.n + column);
  }
  if (p.q_rank > 0u) {
    sum /= sqrt(squares / f32(p.q_rank) + p.epsilon);
  } else {
    for (var i = 0u; i < p.width; i++) {
      sum += load(p.x + row * p.width + i) * load(p.w + i * p.n + column);
    }
  }
  store(p.out + row * p.n + column, sum);
}
