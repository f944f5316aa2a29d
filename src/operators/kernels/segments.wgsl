// Which set of weights a row uses. Rows are sorted by slot; `segments` holds counts [source][slot]. Without slots there is one set.
fn weight_set(row: u32, p: Params) -> u32 {
  var end = 0u;
  for (var slot = 0u; slot + 1u < p.own_slots; slot++) {
    for (var source = 0u; source < p.ranks; source++) {
      end += load_u32(p.segments + source * p.own_slots + slot);
    }
    if (row < end) {
      return slot;
    }
  }
  return max(p.own_slots, 1u) - 1u;
}
