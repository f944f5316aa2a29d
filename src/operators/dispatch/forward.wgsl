// Gives each copy that arrived its rows of forward_rows, one for each of its pairs here; where there are weights, these and the
// rows are noted in relay_tags.
fn kernel(thread: u32, p: Params) {
  let copy = p.row_begin + thread;
  var source = 0u;
  var within = copy;
  var copies = copies_of(0u, p);
  // Counts that nobody has written end at the last source.
  while (source + 1u < p.nodes && within >= copies) {
    within -= copies;
    source++;
    copies = copies_of(source, p);
  }
  let row = p.relay_copies + copy * (p.width + p.tags);
  let tags = p.relay_tags + copy * p.tags;
  let weighted = p.tags > p.top_k;
  for (var i = 0u; weighted && i < p.tags; i++) {
    store_u32(tags + i, load_u32(row + p.width + i));
  }
  var begin = 0u;
  var base = 0u;
  for (var host = 0u; host < p.node_ranks; host++) {
    let own = rows_for(source, host, p);
    var before = base;
    for (var other = 0u; other < p.nodes; other++) {
      let rows = rows_for(other, host, p);
      before += select(0u, rows, other < source);
      base += rows;
    }
    for (var k = 0u; k < p.top_k; k++) {
      let pair = load_u32(row + p.width + k);
      if (pair >= begin && pair - begin < own) {
        let forwarded = before + pair - begin;
        if (weighted) {
          store_u32(tags + k, forwarded);
        }
        for (var i = 0u; i < p.width; i++) {
          store(p.forward_rows + forwarded * p.width + i, load(row + i));
        }
      }
    }
    begin += own;
  }
}
