// Chooses a token's experts. What is chosen is ranked by score + bias; what is written as weight is the score.
struct Ranked {
  value: f32,
  index: u32,
}

// Larger values stand first, among equal ones the lower index.
fn before(a: Ranked, b: Ranked) -> bool {
  return a.value > b.value || (a.value == b.value && a.index < b.index);
}

const first = Ranked(3.4e38, 0u);
const last = Ranked(-3.4e38, 0xffffffffu);

// What every score of a row shares: for softmax the largest logit and the sum of exponentials.
struct Row {
  logits: u32,
  largest: f32,
  total: f32,
}

fn score_row(row: u32, p: Params) -> Row {
  var result = Row(p.logits + row * p.experts, -3.4e38, 0.0);
  if (p.softmax == 1u) {
    for (var expert = 0u; expert < p.experts; expert++) {
      result.largest = max(result.largest, load(result.logits + expert));
    }
    for (var expert = 0u; expert < p.experts; expert++) {
      result.total += exp(load(result.logits + expert) - result.largest);
    }
  }
  return result;
}

fn score(row: Row, expert: u32, p: Params) -> f32 {
  let logit = load(row.logits + expert);
  if (p.softmax == 1u) {
    return exp(logit - row.largest) / row.total;
  }
  return 1.0 / (1.0 + exp(-logit));
}

// A group with the sum of its two best biased scores; a group of one has the one.
fn group_rank(row: Row, group: u32, p: Params) -> Ranked {
  let size = p.experts / p.groups;
  var best = last.value;
  var second = last.value;
  for (var expert = group * size; expert < (group + 1u) * size; expert++) {
    let value = score(row, expert, p) + load(p.bias + expert);
    second = max(second, min(best, value));
    best = max(best, value);
  }
  return Ranked(select(best, best + second, size > 1u), group);
}

// The last group that is kept.
fn last_group(row: Row, p: Params) -> Ranked {
  var kept = first;
  for (var i = 0u; i < p.top_groups && p.top_groups < p.groups; i++) {
    var next = last;
    for (var group = 0u; group < p.groups; group++) {
      let candidate = group_rank(row, group, p);
      if (before(kept, candidate) && before(candidate, next)) {
        next = candidate;
      }
    }
    kept = next;
  }
  return kept;
}

// The expert that follows `previous` in order, among groups up to `kept`.
fn next_expert(row: Row, previous: Ranked, kept: Ranked, p: Params) -> Ranked {
  let size = p.experts / p.groups;
  var next = last;
  for (var group = 0u; group < p.groups; group++) {
    if (p.top_groups < p.groups && before(kept, group_rank(row, group, p))) {
      continue;
    }
    for (var expert = group * size; expert < (group + 1u) * size; expert++) {
      let candidate = Ranked(score(row, expert, p) + load(p.bias + expert), expert);
      if (before(previous, candidate) && before(candidate, next)) {
        next = candidate;
      }
    }
  }
  return next;
}

fn kernel(thread: u32, p: Params) {
  let token = p.row_begin + thread;
  let row = score_row(token, p);
  let kept = last_group(row, p);
  var divisor = 1.0;
  if (p.normalize == 1u) {
    divisor = 0.0;
    var expert = first;
    for (var k = 0u; k < p.top_k; k++) {
      expert = next_expert(row, expert, kept, p);
      divisor += score(row, expert.index, p);
    }
  }
  var expert = first;
  for (var k = 0u; k < p.top_k; k++) {
    expert = next_expert(row, expert, kept, p);
    store_u32(p.chosen + token * p.top_k + k, expert.index);
    store(p.weights + token * p.top_k + k, score(row, expert.index, p) / divisor * p.scale);
  }
}
