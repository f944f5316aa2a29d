// Copies a token's row to the row of send_rows that one of its pairs (token, k) has.
fn kernel(thread: u32, p: Params) {
  let pair = p.row_begin * p.top_k + thread;
  let source = p.x + pair / p.top_k * p.width;
  let to = p.send_rows + load_u32(p.pair_row + pair) * p.width;
  for (var i = 0u; i < p.width; i++) {
    store(to + i, load(source + i));
  }
}
