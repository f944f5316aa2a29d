// Where row `row` of the order (source, slot) stands in the order (slot, source). `received` holds counts [source][slot].
fn by_slot(row: u32, p: Params) -> u32 {
  var source = 0u;
  var slot = 0u;
  var within = row;
  var count = load_u32(p.received);
  // Counts that nobody has written end at the last source.
  while (source < p.ranks && within >= count) {
    within -= count;
    slot++;
    if (slot == p.own_slots) {
      slot = 0u;
      source++;
    }
    count = load_u32(p.received + source * p.own_slots + slot);
  }
  for (var other = 0u; other < p.ranks; other++) {
    let ends = slot + select(0u, 1u, other < source);
    for (var s = 0u; s < ends; s++) {
      within += load_u32(p.received + other * p.own_slots + s);
    }
  }
  return within;
}
