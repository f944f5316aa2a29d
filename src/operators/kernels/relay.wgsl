// What a rank that forwards knows: counts of all ranks, those of its rail together, each [slots, then nodes].
fn rail_count(source: u32, column: u32, p: Params) -> u32 {
  return load_u32(p.received + (p.rail * p.nodes + source) * (p.slots + p.nodes) + column);
}

// Rows that a source of the rail has for a rank of this node.
fn rows_for(source: u32, host: u32, p: Params) -> u32 {
  var rows = 0u;
  let last = load_u32(p.slot_begin + p.node * p.node_ranks + host + 1u);
  for (var slot = load_u32(p.slot_begin + p.node * p.node_ranks + host); slot < last; slot++) {
    rows += rail_count(source, slot, p);
  }
  return rows;
}
