// out[row, column] = sum over i of x[row, i] * w[i, column]. A thread makes 4 rows by 8 columns.

// The part of a tile whose rows share their weights.
fn part(row: u32, rows: u32, column: u32, matrix: u32, p: Params) {
  let columns = min(8u, p.n - column);
  let x = p.x + four(row, rows) * p.k;
  let w = p.w + matrix * p.k * p.n + column;
  let low = four(w, min(columns, 4u));
  let high = min(low + 4u, vec4u(w + columns - 1u));
  var left = mat4x4f();
  var right = mat4x4f();
  for (var i = 0u; i < p.k; i++) {
    let factors = load4(x + i);
    left += outer(factors, load4(low + i * p.n));
    right += outer(factors, load4(high + i * p.n));
  }
  for (var r = 0u; r < rows; r++) {
    let to = p.out + (row + r) * p.n + column;
    for (var c = 0u; c < columns; c++) {
      store(to + c, select(left[r][c % 4u], right[r][c % 4u], c >= 4u));
    }
  }
}

fn kernel(thread: u32, p: Params) {
  let tiles = (p.n + 7u) / 8u;
  let row = p.row_begin + thread / tiles * 4u;
  let rows = min(4u, p.row_end - row);
  let column = thread % tiles * 8u;
  var segment = first_segment(p);
  for (var r = 0u; r < rows; ) {
    segment = segment_of(row + r, segment, p);
    let alike = min(rows, segment.end - row) - r;
    part(row + r, alike, column, segment.slot, p);
    r += alike;
  }
}
