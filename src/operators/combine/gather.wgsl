// Adds what the nodes sent back for a token, in order of nodes.
fn kernel(thread: u32, p: Params) {
  let token = p.row_begin + thread / p.width;
  let column = thread % p.width;
  var sum = 0.0;
  for (var node = 0u; node < p.nodes; node++) {
    let row = load_u32(p.copy_row + token * p.nodes + node);
    if (row != 0x7f000000u) {
      sum += load(p.returned_copies + row * p.width + column);
    }
  }
  store(p.out + token * p.width + column, sum);
}
