// Chooses a token's experts. What is chosen is ranked by score + bias; what is written as weight is the score.
struct Ranked {
  value: f32,
  index: u32,
}

// Larger values stand first, among equal ones the lower index.
fn before(a: Ranked, b: Ranked) -> bool {
  return a.value > b.value || (a.value == b.value && a.index < b.index);
}

// Candidates that are ranked in one pass over all of them; more take further passes.
const MOST = 8u;

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

// The best of what is offered, at most `wanted` of them, in order.
struct Best {
  wanted: u32,
  count: u32,
  ranked: array<Ranked, MOST>,
}

fn offer(best: ptr<function, Best>, candidate: Ranked) {
  var at = (*best).count;
  if (at == (*best).wanted) {
    at--;
    if (!before(candidate, (*best).ranked[at])) {
      return;
    }
  } else {
    (*best).count++;
  }
  for (; at > 0u && before(candidate, (*best).ranked[at - 1u]); at--) {
    (*best).ranked[at] = (*best).ranked[at - 1u];
  }
  (*best).ranked[at] = candidate;
}

// The last group that is kept.
fn last_group(row: Row, p: Params) -> Ranked {
  var kept = first;
  for (var found = 0u; found < p.top_groups; ) {
    var best = Best(min(MOST, p.top_groups - found), 0u, array<Ranked, MOST>());
    for (var group = 0u; group < p.groups; group++) {
      let candidate = group_rank(row, group, p);
      if (before(kept, candidate)) {
        offer(&best, candidate);
      }
    }
    found += best.wanted;
    kept = best.ranked[best.wanted - 1u];
  }
  return kept;
}

// The experts that follow `previous` in order, among groups up to `kept`.
fn next_experts(row: Row, previous: Ranked, wanted: u32, kept: Ranked, p: Params) -> Best {
  let size = p.experts / p.groups;
  var best = Best(min(MOST, wanted), 0u, array<Ranked, MOST>());
  for (var group = 0u; group < p.groups; group++) {
    if (p.top_groups < p.groups && before(kept, group_rank(row, group, p))) {
      continue;
    }
    for (var expert = group * size; expert < (group + 1u) * size; expert++) {
      let candidate = Ranked(score(row, expert, p) + load(p.bias + expert), expert);
      if (before(previous, candidate)) {
        offer(&best, candidate);
      }
    }
  }
  return best;
}

// Goes through the chosen experts and gives the sum of their scores; writes them, divided by `divisor`, if told so.
fn choose(token: u32, row: Row, kept: Ranked, divisor: f32, writes: bool, p: Params) -> f32 {
  var total = 0.0;
  var previous = first;
  for (var k = 0u; k < p.top_k; ) {
    let best = next_experts(row, previous, p.top_k - k, kept, p);
    for (var i = 0u; i < best.wanted; i++) {
      previous = best.ranked[i];
      let value = score(row, previous.index, p);
      total += value;
      if (writes) {
        store_u32(p.chosen + token * p.top_k + k, previous.index);
        store(p.weights + token * p.top_k + k, value / divisor * p.scale);
      }
      k++;
    }
  }
  return total;
}

fn kernel(thread: u32, p: Params) {
  let token = p.row_begin + thread;
  let row = score_row(token, p);
  var kept = last;
  if (p.top_groups < p.groups) {
    kept = last_group(row, p);
  }
  var divisor = 1.0;
  if (p.normalize == 1u) {
    divisor = choose(token, row, kept, 1.0, false, p);
  }
  choose(token, row, kept, divisor, true, p);
}
