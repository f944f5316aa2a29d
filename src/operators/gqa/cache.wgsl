// Turns queries and keys for their positions and appends keys and values to the cache, one pair of components a thread.
fn kernel(thread: u32, p: Params) {
  let query_width = p.heads * p.head_dim;
  let key_width = p.kv_heads * p.head_dim;
  let width = query_width + 2u * key_width;
  let row = p.row_begin + thread / (width / 2u);
  let component = thread % (width / 2u) * 2u;
  let position = p.context + row % p.length;
  let source = p.qkv + row * width;
  var pair = vec2f(load(source + component), load(source + component + 1u));
  if (component < query_width + key_width) {
    let within = component % p.head_dim;
    pair = rotated(source + component - within, within / 2u, p.head_dim, position, p.theta);
  }
  var to = p.q + row * query_width + component;
  if (component >= query_width) {
    let cached = row / p.length * (p.context + p.length) + position;
    to = p.state + cached * 2u * key_width + component - query_width;
  }
  store(to, pair.x);
  store(to + 1u, pair.y);
}
