// Copies a result from its place in order of (host, source, slot) to that in order of (source, slot), in which results leave the node.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  var source = 0u;
  var within = row;
  var place = 0u;
  for (; source < p.nodes; source++) {
    var own = 0u;
    for (var host = 0u; host < p.node_ranks; host++) {
      own += rows_for(source, host, p);
    }
    if (within < own) {
      break;
    }
    within -= own;
  }
  for (var host = 0u; host < p.node_ranks; host++) {
    let own = rows_for(source, host, p);
    let here = within < own;
    for (var other = 0u; other < p.nodes; other++) {
      place += select(0u, rows_for(other, host, p), !here || other < source);
    }
    if (here) {
      break;
    }
    within -= own;
  }
  let source_row = p.gathered_rows + (place + within) * p.width;
  let to = p.regrouped_rows + row * p.width;
  for (var i = 0u; i < p.width; i++) {
    store(to + i, load(source_row + i));
  }
}
