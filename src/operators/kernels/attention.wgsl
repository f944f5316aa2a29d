// Causal attention of one query head to its cached rows; a thread makes 32 columns of the result. The softmax runs along:
// `total` and the sums are relative to the largest score so far.
fn kernel(thread: u32, p: Params) {
  let tiles = (p.value_dim + 31u) / 32u;
  let row = p.row_begin + thread / (p.heads * tiles);
  let head = thread / tiles % p.heads;
  let column = thread % tiles * 32u;
  let columns = min(32u, p.value_dim - column);
  let kv_head = head / (p.heads / p.kv_heads);
  let q = p.q + (row * p.heads + head) * p.key_dim;
  let sequence = p.state + row / p.length * (p.context + p.length) * p.state_width;
  let key = kv_head * p.key_dim;
  let value = p.value_begin + kv_head * p.value_dim + column;
  // Columns behind the last repeat it.
  let most = vec4u(value + columns - 1u);
  let positions = p.context + row % p.length + 1u;
  var largest = -3.0e38;
  var total = 0.0;
  var sums = array<vec4f, 8>();
  for (var position = 0u; position < positions; position++) {
    let cached = sequence + position * p.state_width;
    var score = 0.0;
    for (var i = 0u; i < p.key_dim; i++) {
      score += load(q + i) * load(cached + key + i);
    }
    score *= p.scale;
    let next = max(largest, score);
    let kept = exp(largest - next);
    let weight = exp(score - next);
    total = total * kept + weight;
    for (var c = 0u; 4u * c < columns; c++) {
      sums[c] = sums[c] * kept + weight * load4(cached + min(four(value + 4u * c, 4u), most));
    }
    largest = next;
  }
  let to = p.out + (row * p.heads + head) * p.value_dim + column;
  for (var c = 0u; c < columns; c++) {
    store(to + c, sums[c / 4u][c % 4u] / total);
  }
}
