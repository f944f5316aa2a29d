// Adds a token's results, each times the weight of its expert, in order of k; what was dropped has no row and adds nothing.
fn kernel(thread: u32, p: Params) {
  let token = p.row_begin + thread / p.width;
  let column = thread % p.width;
  var sum = 0.0;
  for (var k = 0u; k < p.top_k; k++) {
    let pair = token * p.top_k + k;
    let row = load_u32(p.pair_row + pair);
    if (row != 0xffffffffu) {
      sum += load(p.weights + pair) * load(p.returned_rows + row * p.width + column);
    }
  }
  store(p.out + token * p.width + column, sum);
}
