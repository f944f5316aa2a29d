// What a rank that forwards knows: counts of all ranks, those of its rail together, each [slots of this node, then its copies].
fn rail_counts(source: u32, p: Params) -> u32 {
  let first = load_u32(p.slot_begin + p.node * p.node_ranks);
  let end = load_u32(p.slot_begin + (p.node + 1u) * p.node_ranks);
  return p.received + (p.rail * p.nodes + source) * (end - first + 1u);
}

// Copies of a source of the rail for this node.
fn copies_of(source: u32, p: Params) -> u32 {
  return load_u32(rail_counts(source + 1u, p) - 1u);
}

// Rows that a source of the rail has for a rank of this node.
fn rows_for(source: u32, host: u32, p: Params) -> u32 {
  var rows = 0u;
  let begins = p.slot_begin + p.node * p.node_ranks;
  let counts = rail_counts(source, p) - load_u32(begins);
  let last = load_u32(begins + host + 1u);
  for (var slot = load_u32(begins + host); slot < last; slot++) {
    rows += load_u32(counts + slot);
  }
  return rows;
}
