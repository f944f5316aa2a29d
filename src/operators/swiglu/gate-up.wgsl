// out[row, column] = silu(x . w_gate[column]) * (x . w_up[column]), where silu(a) = a / (1 + exp(-a)). A thread makes 4 rows
// by 4 columns.

// The part of a tile whose rows share their weights.
fn part(row: u32, rows: u32, column: u32, matrix: u32, p: Params) {
  let columns = min(4u, p.width - column);
  let x = p.x + four(row, rows) * p.k;
  let w = matrix * p.k * p.width + four(column, columns);
  var gate = mat4x4f();
  var up = mat4x4f();
  for (var i = 0u; i < p.k; i++) {
    let factors = load4(x + i);
    gate += outer(factors, load4(p.w_gate + w + i * p.width));
    up += outer(factors, load4(p.w_up + w + i * p.width));
  }
  for (var r = 0u; r < rows; r++) {
    let to = p.out + (row + r) * p.width + column;
    let inner = gate[r] / (1.0 + exp(-gate[r])) * up[r];
    for (var c = 0u; c < columns; c++) {
      store(to + c, inner[c]);
    }
  }
}

fn kernel(thread: u32, p: Params) {
  let tiles = (p.width + 3u) / 4u;
  let row = p.row_begin + thread / tiles * 4u;
  let rows = min(4u, p.row_end - row);
  let column = thread % tiles * 4u;
  var segment = first_segment(p);
  for (var r = 0u; r < rows; ) {
    segment = segment_of(row + r, segment, p);
    let alike = min(rows, segment.end - row) - r;
    part(row + r, alike, column, segment.slot, p);
    r += alike;
  }
}
