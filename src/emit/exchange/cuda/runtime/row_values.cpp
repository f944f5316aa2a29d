#include "runtime/row_values.h"

#include <cstring>

namespace weft::exchange {
namespace {

/** A number that its place decides: steps of splitmix64. */
std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t value = (a << 42) ^ (b << 21) ^ c;
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

/** Bytes of a token of a source. */
void append_token(std::vector<std::byte>& rows, const Plan& plan, int source, std::size_t token) {
  for (std::int64_t at = 0; at < plan.row_bytes; ++at)
    rows.push_back(
      static_cast<std::byte>(
        mixed(static_cast<std::uint64_t>(source), token, static_cast<std::uint64_t>(at)) & 0xff
      )
    );
}

/** Number `word` of what a rank gives back for a token of a source. */
float given_back(int rank, int source, std::size_t token, std::int64_t word) {
  const std::uint64_t place = static_cast<std::uint64_t>(rank) * 1000003 + static_cast<std::uint64_t>(source);
  return static_cast<float>(mixed(place, token, static_cast<std::uint64_t>(word)) % 17) - 8;
}

void append_floats(std::vector<std::byte>& rows, const std::vector<float>& floats) {
  const std::size_t before = rows.size();
  rows.resize(before + floats.size() * sizeof(float));
  if (!floats.empty()) std::memcpy(rows.data() + before, floats.data(), floats.size() * sizeof(float));
}

/** Calls with each token that has a rank among its destinations, in the order in which rows stand there. */
template <class Visit>
void for_each_token_of(const Routing& routing, int rank, Visit visit) {
  for (std::size_t source = 0; source < routing.size(); ++source)
    for (std::size_t token = 0; token < routing[source].size(); ++token)
      for (const int destination : routing[source][token])
        if (destination == rank) visit(static_cast<int>(source), token);
}

}  // namespace

std::vector<std::byte> input_of(const Plan& plan, const Routing& routing, int rank) {
  std::vector<std::byte> rows;
  if (!plan.combine) {
    for (std::size_t token = 0; token < routing[static_cast<std::size_t>(rank)].size(); ++token)
      append_token(rows, plan, rank, token);
    return rows;
  }
  std::vector<float> row(static_cast<std::size_t>(plan.row_bytes) / sizeof(float));
  for_each_token_of(routing, rank, [&](int source, std::size_t token) {
    for (std::size_t word = 0; word < row.size(); ++word)
      row[word] = given_back(rank, source, token, static_cast<std::int64_t>(word));
    append_floats(rows, row);
  });
  return rows;
}

std::vector<std::byte> result_of(const Plan& plan, const Routing& routing, int rank) {
  std::vector<std::byte> rows;
  if (!plan.combine) {
    for_each_token_of(routing, rank, [&](int source, std::size_t token) {
      append_token(rows, plan, source, token);
    });
    return rows;
  }
  const Tokens& own = routing[static_cast<std::size_t>(rank)];
  for (std::size_t token = 0; token < own.size(); ++token) {
    std::vector<float> sum(static_cast<std::size_t>(plan.row_bytes) / sizeof(float), 0.0F);
    for (const int destination : own[token])
      for (std::size_t word = 0; word < sum.size(); ++word)
        sum[word] += given_back(destination, rank, token, static_cast<std::int64_t>(word));
    append_floats(rows, sum);
  }
  return rows;
}

}  // namespace weft::exchange
