// Products that make several rows and columns in one thread, since most of a thread's time goes into loads.

// Four indices from `first` on, of which `count` are meant: those behind the last repeat it.
fn four(first: u32, count: u32) -> vec4u {
  return first + min(vec4u(0u, 1u, 2u, 3u), vec4u(count - 1u));
}

fn load4(words: vec4u) -> vec4f {
  return vec4f(load(words.x), load(words.y), load(words.z), load(words.w));
}

// result[row][column] = rows[row] * columns[column]
fn outer(rows: vec4f, columns: vec4f) -> mat4x4f {
  return mat4x4f(rows.x * columns, rows.y * columns, rows.z * columns, rows.w * columns);
}
