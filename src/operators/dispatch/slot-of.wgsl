// The slot that a pair (token, k) goes to: of its expert's n turns the one whose number is (rank + token) % n.
fn slot_of(pair: u32, p: Params) -> u32 {
  let expert = load_u32(p.chosen + pair);
  let begin = load_u32(p.replica_begin + expert);
  let replicas = load_u32(p.replica_begin + expert + 1u) - begin;
  return load_u32(p.replica_slot + begin + (p.rank + pair / p.top_k) % replicas);
}

