// Adds the results of a copy's pairs on this node, each times its weight, in order of k.
fn kernel(thread: u32, p: Params) {
  let copy = p.row_begin + thread / p.width;
  let column = thread % p.width;
  let tags = p.relay_tags + copy * 2u * p.top_k;
  var sum = 0.0;
  for (var k = 0u; k < p.top_k; k++) {
    let row = load_u32(tags + k);
    if (row != 0x7f000000u) {
      sum += load(tags + p.top_k + k) * load(p.gathered_rows + row * p.width + column);
    }
  }
  store(p.folded_copies + copy * p.width + column, sum);
}
