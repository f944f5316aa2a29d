#include "runtime/exchange_step.h"

#include <algorithm>

#include "runtime/nvtx.h"
#include "runtime/row_kernels.h"

namespace weft::exchange {
namespace {

constexpr std::int64_t kAlignment = 256;

std::int64_t recipe_words_of(const Recipe& recipe) {
  return static_cast<std::int64_t>(recipe.begins.size() + recipe.slots.size());
}

/** Words of an all-gather on the host, at most. */
std::int64_t host_words(const Plan& plan, const Arena& arena) {
  return plan.ranks * std::max<std::int64_t>(plan.ranks + 1, arena.token_words);
}

}  // namespace

Arena Arena::of(const Plan& plan, const Moves& moves, const Routing& routing) {
  Arena arena;
  if (plan.copies)
    for (const Tokens& tokens : routing)
      arena.token_words = std::max(arena.token_words, static_cast<std::int64_t>(words_of(tokens).size()));
  arena.recipe_words = recipe_words_of(moves.unpack);
  for (const LaunchMoves& launch : moves.launches) arena.recipe_words += recipe_words_of(launch.pack);
  const auto place = [&](std::int64_t bytes) {
    const std::int64_t at = arena.bytes;
    arena.bytes += (bytes + kAlignment - 1) / kAlignment * kAlignment;
    return at;
  };
  const std::int64_t word = sizeof(Index);
  const std::int64_t count_words = plan.ranks + 1;
  arena.pool = place(moves.pool_rows * plan.row_bytes);
  arena.sends = place(moves.send_rows * plan.row_bytes);
  arena.result = place(moves.unpack.rows() * plan.row_bytes);
  arena.own_counts = place(count_words * word);
  arena.counts = place(plan.ranks * count_words * word);
  arena.own_tokens = place(arena.token_words * word);
  arena.tokens = place(plan.ranks * arena.token_words * word);
  arena.recipes = place(arena.recipe_words * word);
  return arena;
}

Exchange::Exchange(Rank& rank, const Plan& plan, const Arena& arena, const Tokens& own)
    : rank_(rank),
      plan_(plan),
      arena_(arena),
      own_(own),
      compute_(rank, "compute"),
      transfers_(rank, "transfers", -1),
      communicator_(rank, {plan.communicator, plan.ranks, plan.sms}, 0, rank.rank()),
      counts_ready_("counts ready"),
      counts_there_("counts there"),
      unpacked_("unpacked"),
      own_host_(plan.ranks + 1 + arena.token_words),
      all_host_(host_words(plan, arena)),
      recipes_host_(arena.recipe_words) {
  for (int launch = 0; launch < plan.launches.count; ++launch) {
    packed_.push_back(std::make_unique<Event>("packed"));
    moved_.push_back(std::make_unique<Event>("moved"));
  }
  // Counts of this rank, as a router would leave them on the device.
  own_words_.resize(static_cast<std::size_t>(plan.ranks) + 1);
  for (const std::vector<int>& destinations : own)
    for (const int each : destinations) ++own_words_[static_cast<std::size_t>(each)];
  if (!plan.copies) return;
  const std::vector<Index> tokens = words_of(own);
  own_words_[static_cast<std::size_t>(plan.ranks)] = static_cast<Index>(tokens.size());
  own_words_.insert(own_words_.end(), tokens.begin(), tokens.end());
}

void Exchange::gather(const Index* own, Index* all, std::int64_t count, Index* host, const char* label) {
  rank_.at(0, label);
  {
    const Together together(rank_, label);
    NCCL_CHECK(
      ncclAllGather(
        own, all, static_cast<std::size_t>(count), ncclUint32, communicator_.handle(), transfers_.handle()
      ),
      communicator_.handle()
    );
  }
  transfers_.record(counts_there_);
  rank_.read({&counts_there_}, {{all, host, plan_.ranks * count}});
}

Traffic Exchange::gather_counts() {
  const Range range("counts");
  const std::int64_t count_words = plan_.ranks + 1;
  const auto tokens = static_cast<std::int64_t>(own_words_.size()) - count_words;
  std::copy(own_words_.begin(), own_words_.end(), own_host_.data());
  CUDA_CHECK(cudaMemcpyAsync(
    words(arena_.own_counts),
    own_host_.data(),
    static_cast<std::size_t>(count_words) * sizeof(Index),
    cudaMemcpyHostToDevice,
    compute_.handle()
  ));
  if (tokens > 0)
    CUDA_CHECK(cudaMemcpyAsync(
      words(arena_.own_tokens),
      own_host_.data() + count_words,
      static_cast<std::size_t>(tokens) * sizeof(Index),
      cudaMemcpyHostToDevice,
      compute_.handle()
    ));
  compute_.record(counts_ready_);
  transfers_.wait(counts_ready_);
  Index* const host = all_host_.data();
  gather(words(arena_.own_counts), words(arena_.counts), count_words, host, "counts");
  Traffic traffic(plan_);
  std::vector<std::int64_t> lengths;
  for (int source = 0; source < plan_.ranks; ++source) {
    const Index* const told = host + source * count_words;
    traffic.set_rows(source, told);
    lengths.push_back(told[plan_.ranks]);
  }
  if (!plan_.copies) return traffic;
  // Copies are taken apart, and their sums made, by those who relay them: they know whose tokens go where.
  const std::int64_t most = *std::max_element(lengths.begin(), lengths.end());
  if (most > arena_.token_words) throw Failure("there are more tokens than the memory was laid out for");
  if (most > 0) gather(words(arena_.own_tokens), words(arena_.tokens), most, host, "tokens");
  for (int source = 0; source < plan_.ranks; ++source)
    traffic.set_tokens(source, tokens_of(host + source * most, lengths[static_cast<std::size_t>(source)]));
  return traffic;
}

void Exchange::upload(const Moves& moves) {
  Index* to = recipes_host_.data();
  const auto append = [&](const Recipe& recipe) {
    to = std::copy(recipe.begins.begin(), recipe.begins.end(), to);
    to = std::copy(recipe.slots.begin(), recipe.slots.end(), to);
  };
  for (const LaunchMoves& launch : moves.launches) append(launch.pack);
  append(moves.unpack);
  CUDA_CHECK(cudaMemcpyAsync(
    words(arena_.recipes),
    recipes_host_.data(),
    static_cast<std::size_t>(to - recipes_host_.data()) * sizeof(Index),
    cudaMemcpyHostToDevice,
    compute_.handle()
  ));
}

void Exchange::make_rows(const Recipe& recipe, std::int64_t& at, std::byte* rows) {
  const Index* const begins = words(arena_.recipes) + at;
  const Index* const slots = begins + recipe.begins.size();
  at += recipe_words_of(recipe);
  const void* const pool = rank_.memory() + arena_.pool;
  if (plan_.combine)
    add_rows(pool, begins, slots, rows, recipe.rows(), plan_.row_bytes, compute_.handle());
  else
    copy_rows(pool, slots, rows, recipe.rows(), plan_.row_bytes, compute_.handle());
}

void Exchange::step() {
  // The counts follow all of the step before, so that its recipes have been read when the host goes on.
  const Traffic traffic = gather_counts();
  const Moves moves = moves_of(plan_, rank_.rank(), traffic, own_);
  check_capacity(plan_, moves);
  upload(moves);
  std::byte* const pool = rank_.memory() + arena_.pool;
  std::byte* const sends = rank_.memory() + arena_.sends;
  std::int64_t recipe = 0;
  for (std::size_t at = 0; at < moves.launches.size(); ++at) {
    const LaunchMoves& launch = moves.launches[at];
    const Range range(launch.name);
    rank_.at(static_cast<int>(at), launch.name);
    // What it packs may have arrived in the launch before, whose messages leave the same buffer.
    if (at > 0) compute_.wait(*moved_[at - 1]);
    make_rows(launch.pack, recipe, sends);
    compute_.record(*packed_[at]);
    transfers_.wait(*packed_[at]);
    Group group(communicator_, transfers_, launch.name);
    for (const Message& each : launch.sends)
      group.send(each.peer, sends + each.first * plan_.row_bytes, each.rows * plan_.row_bytes);
    for (const Message& each : launch.receives)
      group.receive(each.peer, pool + each.first * plan_.row_bytes, each.rows * plan_.row_bytes);
    group.end();
    transfers_.record(*moved_[at]);
  }
  if (!moved_.empty()) compute_.wait(*moved_.back());
  make_rows(moves.unpack, recipe, rank_.memory() + arena_.result);
  compute_.record(unpacked_);
  transfers_.wait(unpacked_);
}

}  // namespace weft::exchange
