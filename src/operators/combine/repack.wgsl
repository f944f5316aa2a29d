// Copies a result of a slot to its place among the rows in which results leave.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let source = p.result_rows + row * p.width;
  let to = p.leaving_rows + by_source(row, p) * p.width;
  for (var i = 0u; i < p.width; i++) {
    store(to + i, load(source + i));
  }
}
