// Gives pairs (token, k) the rows of their slots in order, until a slot has no more; a thread serves 8 slots.
fn kernel(thread: u32, p: Params) {
  let first = thread * 8u;
  let slots = min(8u, p.slots - first);
  var taken = array<u32, 8>();
  for (var pair = 0u; pair < p.tokens * p.top_k; pair++) {
    let slot = slot_of(pair, p);
    if (slot < first || slot - first >= slots) {
      continue;
    }
    let used = taken[slot - first];
    if (used == p.atom_rows) {
      store_u32(p.pair_row + pair, 0xffffffffu);
      continue;
    }
    let row = slot * p.atom_rows + used;
    store_u32(p.pair_row + pair, row);
    store_u32(p.row_pair + row, pair);
    taken[slot - first] = used + 1u;
  }
  for (var i = 0u; i < slots; i++) {
    for (var row = taken[i]; row < p.atom_rows; row++) {
      store_u32(p.row_pair + (first + i) * p.atom_rows + row, 0xffffffffu);
    }
  }
}
