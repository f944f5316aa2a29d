// Copies a result from its place among the rows of its slot to the row in which it leaves.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let source = p.result_rows + by_slot(row, p) * p.width;
  let to = p.leaving_rows + row * p.width;
  for (var i = 0u; i < p.width; i++) {
    store(to + i, load(source + i));
  }
}
