// Appends a row's normed latent and its turned rope key to the cache.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let position = p.context + row % p.length;
  let latent = p.latent + row * (p.q_rank + p.kv_rank + p.rope) + p.q_rank;
  let cached = p.state + (row / p.length * (p.context + p.length) + position) * (p.kv_rank + p.rope);
  var squares = 0.0;
  for (var i = 0u; i < p.kv_rank; i++) {
    let value = load(latent + i);
    squares += value * value;
  }
  let factor = 1.0 / sqrt(squares / f32(p.kv_rank) + p.epsilon);
  for (var i = 0u; i < p.kv_rank; i++) {
    store(cached + i, load(latent + i) * factor * load(p.gain + i));
  }
  for (var pair = 0u; pair < p.rope / 2u; pair++) {
    let turned = rotated(latent + p.kv_rank, pair, p.rope, position, p.theta);
    store(cached + p.kv_rank + 2u * pair, turned.x);
    store(cached + p.kv_rank + 2u * pair + 1u, turned.y);
  }
}
