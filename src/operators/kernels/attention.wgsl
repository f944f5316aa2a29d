// Causal attention of one query head to its cached rows, one component of the result a thread. The softmax runs along:
// `total` and `sum` are relative to the largest score so far.
fn kernel(thread: u32, p: Params) {
  let columns = p.heads * p.value_dim;
  let row = p.row_begin + thread / columns;
  let column = thread % columns;
  let head = column / p.value_dim;
  let kv_head = head / (p.heads / p.kv_heads);
  let q = p.q + (row * p.heads + head) * p.key_dim;
  let sequence = p.state + row / p.length * (p.context + p.length) * p.state_width;
  let key = kv_head * p.key_dim;
  let value = p.value_begin + kv_head * p.value_dim + column % p.value_dim;
  let positions = p.context + row % p.length + 1u;
  var largest = -3.0e38;
  var total = 0.0;
  var sum = 0.0;
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
    sum = sum * kept + weight * load(cached + value);
    largest = next;
  }
  store(p.out + row * columns + column, sum / total);
}
