fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread / p.width;
  let column = thread % p.width;
  store(p.out + row * p.width + column, load(p.table + load_u32(p.ids + row) * p.width + column));
}
