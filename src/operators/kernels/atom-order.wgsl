// Where row `row` of the order (slot, source) stands in the order (source, slot). `received` holds counts: those of a source
// `stride` words behind those of the one before, this rank's slots from word `first` on.
fn count_of(source: u32, slot: u32, p: Params) -> u32 {
  return load_u32(p.received + source * p.stride + p.first + slot);
}

fn by_source(row: u32, p: Params) -> u32 {
  var source = 0u;
  var slot = 0u;
  var within = row;
  var count = count_of(0u, 0u, p);
  // Counts that nobody has written end at the last slot.
  while (slot < p.own_slots && within >= count) {
    within -= count;
    source++;
    if (source == p.ranks) {
      source = 0u;
      slot++;
    }
    count = count_of(source, slot, p);
  }
  for (var other = 0u; other <= source; other++) {
    let ends = select(slot, p.own_slots, other < source);
    for (var s = 0u; s < ends; s++) {
      within += count_of(other, s, p);
    }
  }
  return within;
}
