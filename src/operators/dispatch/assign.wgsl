// Finds a row of send_rows for each (token, k) of some tokens; a thread serves 8 slots, and the rows of a slot follow those of lower ones.
fn kernel(thread: u32, p: Params) {
  let first = thread * 8u;
  let slots = min(8u, p.slots - first);
  let begin = p.row_begin * p.top_k;
  let end = p.row_end * p.top_k;
  var row = 0u;
  var rows = array<u32, 8>();
  for (var pair = begin; pair < end; pair++) {
    let slot = slot_of(pair, p);
    if (slot < first) {
      row++;
    } else if (slot - first < slots) {
      rows[slot - first]++;
    }
  }
  var next = array<u32, 8>();
  for (var i = 0u; i < slots; i++) {
    store_u32(p.sent + first + i, rows[i]);
    next[i] = row;
    row += rows[i];
  }
  for (var pair = begin; pair < end; pair++) {
    let slot = slot_of(pair, p);
    if (slot >= first && slot - first < slots) {
      store_u32(p.pair_row + pair, next[slot - first]);
      next[slot - first]++;
    }
  }
}
