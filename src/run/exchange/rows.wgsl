// Writes rows in one rank's memory: each the sum of others, or a copy of one. A workgroup does one row; rows of a dispatch
// are independent. The table: words of a row, rows, two words unused; then of each row where it goes, where in the table its
// summands begin, how many there are, and whether what stands there is added too; then where summands stand.
@group(0) @binding(0) var<storage, read_write> memory: array<u32>;
@group(0) @binding(1) var<storage, read> table: array<u32>;

// What nobody has written stays recognisable: a sum with it is it.
const POISON = 0x7fc0deadu;

fn added(left: u32, right: u32) -> u32 {
  if (left == POISON || right == POISON) {
    return POISON;
  }
  return bitcast<u32>(bitcast<f32>(left) + bitcast<f32>(right));
}

@compute @workgroup_size(16)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let row = workgroup.y * workgroups.x + workgroup.x;
  if (row >= table[1]) {
    return;
  }
  let to = table[4u * row + 4u];
  let first = table[4u * row + 5u];
  let count = table[4u * row + 6u];
  let keeps = table[4u * row + 7u];
  for (var word = thread; word < table[0]; word += 16u) {
    var sum = memory[to + word];
    if (keeps == 0u) {
      sum = memory[table[first] + word];
    }
    for (var next = 1u - keeps; next < count; next++) {
      sum = added(sum, memory[table[first + next] + word]);
    }
    memory[to + word] = sum;
  }
}
