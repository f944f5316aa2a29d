// out[row, column] = silu(x . w_gate[column]) * (x . w_up[column]), where silu(a) = a / (1 + exp(-a)).
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread / p.width;
  let column = thread % p.width;
  let matrix = weight_set(row, p) * p.k * p.width + column;
  var gate = 0.0;
  var up = 0.0;
  for (var i = 0u; i < p.k; i++) {
    let factor = load(p.x + row * p.k + i);
    gate += factor * load(p.w_gate + matrix + i * p.width);
    up += factor * load(p.w_up + matrix + i * p.width);
  }
  store(p.out + row * p.width + column, gate / (1.0 + exp(-gate)) * up);
}
