// Finds a row of send_rows for each (token, k); a thread serves one slot, and its rows follow those of lower slots.
fn slot_of(pair: u32, p: Params) -> u32 {
  let expert = load_u32(p.chosen + pair);
  let begin = load_u32(p.replica_begin + expert);
  let replicas = load_u32(p.replica_begin + expert + 1u) - begin;
  return load_u32(p.replica_slot + begin + (p.rank + pair / p.top_k) % replicas);
}

fn kernel(slot: u32, p: Params) {
  let pairs = p.tokens * p.top_k;
  var row = 0u;
  var rows = 0u;
  for (var pair = 0u; pair < pairs; pair++) {
    let other = slot_of(pair, p);
    row += select(0u, 1u, other < slot);
    rows += select(0u, 1u, other == slot);
  }
  store_u32(p.sent + slot, rows);
  for (var pair = 0u; rows > 0u && pair < pairs; pair++) {
    if (slot_of(pair, p) == slot) {
      store_u32(p.pair_row + pair, row);
      row++;
    }
  }
}
