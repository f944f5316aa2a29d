// Queries as they meet the cache: the part without position times the head's key matrix, so that it meets latents; the rest turned.
fn kernel(thread: u32, p: Params) {
  let cached = p.kv_rank + p.rope;
  let row = p.row_begin + thread / (p.heads * cached);
  let head = thread / cached % p.heads;
  let component = thread % cached;
  let q = p.q + (row * p.heads + head) * (p.nope + p.rope);
  var result = 0.0;
  if (component < p.kv_rank) {
    let keys = p.w_uk + (component * p.heads + head) * p.nope;
    for (var i = 0u; i < p.nope; i++) {
      result += load(q + i) * load(keys + i);
    }
  } else {
    let within = component - p.kv_rank;
    let turned = rotated(q + p.nope, within / 2u, p.rope, p.context + row % p.length, p.theta);
    result = select(turned.x, turned.y, within % 2u == 1u);
  }
  store(p.out + (row * p.heads + head) * cached + component, result);
}
