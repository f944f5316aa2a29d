// A row divided by the root of its mean square, times a gain for each column.
fn kernel(thread: u32, p: Params) {
  let row = p.row_begin + thread;
  let x = p.x + row * p.width;
  let gain = p.gain + segment_of(row, first_segment(p), p).slot * p.width;
  var squares = 0.0;
  for (var i = 0u; i < p.width; i++) {
    let value = load(x + i);
    squares += value * value;
  }
  let factor = 1.0 / sqrt(squares / f32(p.width) + p.epsilon);
  for (var i = 0u; i < p.width; i++) {
    store(p.out + row * p.width + i, load(x + i) * factor * load(gain + i));
  }
}
