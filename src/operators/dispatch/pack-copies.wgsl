// Copies a token's row to its rows of send_copies, and behind it what the node needs to know: for each k the row that the pair has
// among the token's rank's rows for the node, sorted by slot, and where there are weights the pair's weight.
fn kernel(thread: u32, p: Params) {
  let token = p.row_begin + thread;
  let source = p.x + token * p.width;
  var begin = 0u;
  for (var node = 0u; node < p.nodes; node++) {
    var end = begin;
    let last = load_u32(p.slot_begin + (node + 1u) * p.node_ranks);
    for (var slot = load_u32(p.slot_begin + node * p.node_ranks); slot < last; slot++) {
      end += load_u32(p.sent + slot);
    }
    let copy = load_u32(p.copy_row + token * p.nodes + node);
    if (copy != 0x7f000000u) {
      let to = p.send_copies + copy * (p.width + p.tags);
      for (var i = 0u; i < p.width; i++) {
        store(to + i, load(source + i));
      }
      for (var k = 0u; k < p.top_k; k++) {
        let pair = token * p.top_k + k;
        let row = load_u32(p.pair_row + pair);
        store_u32(to + p.width + k, select(0x7f000000u, row - begin, row >= begin && row < end));
        if (p.tags > p.top_k) {
          store(to + p.width + p.top_k + k, load(p.weights + pair));
        }
      }
    }
    begin = end;
  }
}
