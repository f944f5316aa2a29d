// Reads each element before it writes it and no other, so that `out` may be the memory of `a` or `b`.
fn kernel(thread: u32, p: Params) {
  let element = p.row_begin * p.width + thread;
  store(p.out + element, load(p.a + element) + load(p.b + element));
}
