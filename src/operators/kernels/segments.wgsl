// Which set of weights a row uses. Rows are sorted by slot. `segments` holds counts: those of a source `stride` words behind
// those of the one before, this rank's slots from word `first` on. Without slots there is one set.
struct Segment {
  slot: u32,
  end: u32, // the first row behind it
}

fn segment_end(slot: u32, begin: u32, p: Params) -> u32 {
  // The last set serves all rows that are left.
  if (slot + 1u >= p.own_slots) {
    return 0xffffffffu;
  }
  var end = begin;
  for (var source = 0u; source < p.ranks; source++) {
    end += load_u32(p.segments + source * p.stride + p.first + slot);
  }
  return end;
}

fn first_segment(p: Params) -> Segment {
  return Segment(0u, segment_end(0u, 0u, p));
}

// The segment of a row, which is `previous` or behind it.
fn segment_of(row: u32, previous: Segment, p: Params) -> Segment {
  var segment = previous;
  while (row >= segment.end) {
    segment.slot++;
    segment.end = segment_end(segment.slot, segment.end, p);
  }
  return segment;
}
