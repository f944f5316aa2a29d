// Copies words. Each workgroup does one piece; pieces of a dispatch touch different words.
struct Piece {
  source: u32,
  destination: u32,
  words: u32,
}

@group(0) @binding(0) var<storage, read_write> memory: array<u32>;
@group(0) @binding(1) var<storage, read> pieces: array<Piece>;

@compute @workgroup_size(16)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let index = workgroup.y * workgroups.x + workgroup.x;
  if (index >= arrayLength(&pieces)) {
    return;
  }
  let piece = pieces[index];
  for (var word = thread; word < piece.words; word += 16u) {
    memory[piece.destination + word] = memory[piece.source + word];
  }
}
