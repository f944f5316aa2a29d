// Gives each token a row of send_copies for every node that has slots of its; a thread serves one node. Rows of a node follow
// those of lower ones. What is told has the copies of each node behind the rows for its slots. Pairs of a node are those whose rows of the order (slot) lie between those of its first and last slot.
fn kernel(thread: u32, p: Params) {
  var begin = 0u;
  var copies = 0u;
  for (var node = 0u; node <= thread; node++) {
    let before = copies;
    var end = begin;
    let last = load_u32(p.slot_begin + (node + 1u) * p.node_ranks);
    for (var slot = load_u32(p.slot_begin + node * p.node_ranks); slot < last; slot++) {
      let rows = load_u32(p.sent + slot);
      end += rows;
      if (node == thread) {
        store_u32(p.told + slot + node, rows);
      }
    }
    for (var token = p.row_begin; token < p.row_end; token++) {
      var there = false;
      for (var pair = token * p.top_k; pair < (token + 1u) * p.top_k; pair++) {
        let row = load_u32(p.pair_row + pair);
        there |= row >= begin && row < end;
      }
      if (node == thread) {
        store_u32(p.copy_row + token * p.nodes + node, select(0x7f000000u, copies, there));
      }
      copies += u32(there);
    }
    if (node == thread) {
      store_u32(p.told + last + node, copies - before);
    }
    begin = end;
  }
}
