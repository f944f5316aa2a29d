// Fills a row to send with the row of its pair's token, or with zeros where no pair has it.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let pair = load_u32(p.row_pair + row);
  let source = p.x + pair / p.top_k * p.width;
  let to = p.send_rows + row * p.width;
  for (var i = 0u; i < p.width; i++) {
    if (pair == 0xffffffffu) {
      store(to + i, 0.0);
    } else {
      store(to + i, load(source + i));
    }
  }
}
