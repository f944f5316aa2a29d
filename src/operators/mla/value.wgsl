// Each head's attended latent times the head's value matrix. A thread makes 4 rows by 4 columns of a head.
fn kernel(thread: u32, p: Params) {
  let tiles = (p.value + 3u) / 4u;
  let row = p.row_begin + thread / (p.heads * tiles) * 4u;
  let rows = min(4u, p.row_end - row);
  let head = thread / tiles % p.heads;
  let column = thread % tiles * 4u;
  let columns = min(4u, p.value - column);
  let latent = p.latent + (four(row, rows) * p.heads + head) * p.kv_rank;
  let w = p.w_uv + head * p.value + four(column, columns);
  var sums = mat4x4f();
  for (var i = 0u; i < p.kv_rank; i++) {
    sums += outer(load4(latent + i), load4(w + i * p.heads * p.value));
  }
  for (var r = 0u; r < rows; r++) {
    let to = p.out + ((row + r) * p.heads + head) * p.value + column;
    for (var c = 0u; c < columns; c++) {
      store(to + c, sums[r][c]);
    }
  }
}
