// Queries as they meet the cache: the part without position times the head's key matrix, so that it meets latents; the rest turned.
// A thread makes 4 rows by 4 components of the first, or all of the second for 4 rows.
fn kernel(thread: u32, p: Params) {
  let cached = p.kv_rank + p.rope;
  let parts = (p.kv_rank + 3u) / 4u + 1u;
  let row = p.row_begin + thread / (p.heads * parts) * 4u;
  let rows = min(4u, p.row_end - row);
  let head = thread / parts % p.heads;
  let component = thread % parts * 4u;
  let q = p.q + (four(row, rows) * p.heads + head) * (p.nope + p.rope);
  let out = p.out + (four(row, rows) * p.heads + head) * cached;
  if (component < p.kv_rank) {
    let count = min(4u, p.kv_rank - component);
    let keys = p.w_uk + (four(component, count) * p.heads + head) * p.nope;
    var sums = mat4x4f();
    for (var i = 0u; i < p.nope; i++) {
      sums += outer(load4(q + i), load4(keys + i));
    }
    for (var r = 0u; r < rows; r++) {
      for (var c = 0u; c < count; c++) {
        store(out[r] + component + c, sums[r][c]);
      }
    }
    return;
  }
  for (var r = 0u; r < rows; r++) {
    for (var pair = 0u; pair < p.rope / 2u; pair++) {
      let turned = rotated(q[r] + p.nope, pair, p.rope, p.context + (row + r) % p.length, p.theta);
      store(out[r] + p.kv_rank + 2u * pair, turned.x);
      store(out[r] + p.kv_rank + 2u * pair + 1u, turned.y);
    }
  }
}
