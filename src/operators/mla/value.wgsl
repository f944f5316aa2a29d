// Each head's attended latent times the head's value matrix.
fn kernel(thread: u32, p: Params) {
  let columns = p.heads * p.value;
  let row = p.row_begin + thread / columns;
  let column = thread % columns;
  let latent = p.latent + (row * p.heads + column / p.value) * p.kv_rank;
  var sum = 0.0;
  for (var i = 0u; i < p.kv_rank; i++) {
    sum += load(latent + i) * load(p.w_uv + i * columns + column);
  }
  store(p.out + row * columns + column, sum);
}
