// What a rank that forwards knows: counts of all ranks, those of its rail together. What a source tells of this node begins at word
// `node_first` of its `stride` words: [slots of this node, then its copies].
fn rail_counts(source: u32, p: Params) -> u32 {
  return p.received + (p.rail * p.nodes + source) * p.stride + p.node_first;
}

// Copies of a source of the rail for this node.
fn copies_of(source: u32, p: Params) -> u32 {
  let first = load_u32(p.slot_begin + p.node * p.node_ranks);
  let end = load_u32(p.slot_begin + (p.node + 1u) * p.node_ranks);
  return load_u32(rail_counts(source, p) + end - first);
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
