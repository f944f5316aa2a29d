// Copies an arrived row to its place among the rows of its slot.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let source = p.arrived_rows + row * p.width;
  let to = p.expert_rows + by_slot(row, p) * p.width;
  for (var i = 0u; i < p.width; i++) {
    store(to + i, load(source + i));
  }
}
