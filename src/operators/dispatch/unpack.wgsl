// Copies a row of a slot from its place among the arrived rows.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let source = p.arrived_rows + by_source(row, p) * p.width;
  let to = p.expert_rows + row * p.width;
  for (var i = 0u; i < p.width; i++) {
    store(to + i, load(source + i));
  }
}
