// out[row, column] = sum over i of x[row, i] * w[i, column]. A thread makes four neighbouring columns of one row, so that
// the search for the row's weights is made once for them.
fn kernel(thread: u32, p: Params) {
  let tiles = (p.n + 3u) / 4u;
  let row = p.row_begin + thread / tiles;
  let column = (thread % tiles) * 4u;
  let columns = min(4u, p.n - column);
  let x = p.x + row * p.k;
  let w = p.w + weight_set(row, p) * p.k * p.n + column;
  var sums = vec4f();
  for (var i = 0u; i < p.k; i++) {
    let factor = load(x + i);
    for (var c = 0u; c < columns; c++) {
      sums[c] += factor * load(w + i * p.n + c);
    }
  }
  for (var c = 0u; c < columns; c++) {
    store(p.out + row * p.n + column + c, sums[c]);
  }
}
