// out = norm(latent) w, or x w where there is no low-rank query (q_rank 0). A thread makes 4 rows by 8 columns.
fn kernel(thread: u32, p: Params) {
  let tiles = (p.n + 7u) / 8u;
  let row = p.row_begin + thread / tiles * 4u;
  let rows = min(4u, p.row_end - row);
  let column = thread % tiles * 8u;
  let columns = min(8u, p.n - column);
  let low = four(p.w + column, min(columns, 4u));
  let high = min(low + 4u, vec4u(p.w + column + columns - 1u));
  let normed = p.q_rank > 0u;
  let width = select(p.width, p.q_rank, normed);
  let source = select(p.x + four(row, rows) * p.width, p.latent + four(row, rows) * p.latent_width, normed);
  var squares = vec4f();
  var left = mat4x4f();
  var right = mat4x4f();
  for (var i = 0u; i < width; i++) {
    var factors = load4(source + i);
    squares += factors * factors;
    if (normed) {
      factors *= load(p.gain + i);
    }
    left += outer(factors, load4(low + i * p.n));
    right += outer(factors, load4(high + i * p.n));
  }
  let roots = select(vec4f(1.0), sqrt(squares / f32(width) + p.epsilon), normed);
  for (var r = 0u; r < rows; r++) {
    let to = p.out + (row + r) * p.n + column;
    for (var c = 0u; c < columns; c++) {
      store(to + c, select(left[r][c % 4u], right[r][c % 4u], c >= 4u) / roots[r]);
    }
  }
}
