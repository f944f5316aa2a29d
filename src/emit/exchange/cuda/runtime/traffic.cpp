#include "runtime/traffic.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

#include "runtime/check.h"

namespace weft::exchange {

Routing read_routing(const std::string& file, const Plan& plan) {
  std::ifstream in(file);
  if (!in) throw Failure(format("cannot read the routing %s", file.c_str()));
  Routing routing(static_cast<std::size_t>(plan.ranks));
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::istringstream words(line);
    std::vector<int> ranks;
    int rank = 0;
    while (words >> rank) {
      if (rank < 0 || rank >= plan.ranks)
        throw Failure(format("%s:%d names rank %d of %d", file.c_str(), number, rank, plan.ranks));
      ranks.push_back(rank);
    }
    if (!words.eof()) throw Failure(format("%s:%d has something that is no rank", file.c_str(), number));
    if (ranks.empty()) continue;
    Tokens& tokens = routing[static_cast<std::size_t>(ranks[0])];
    tokens.emplace_back(ranks.begin() + 1, ranks.end());
    std::vector<int>& destinations = tokens.back();
    std::sort(destinations.begin(), destinations.end());
    if (std::adjacent_find(destinations.begin(), destinations.end()) != destinations.end())
      throw Failure(format("%s:%d names a destination twice", file.c_str(), number));
  }
  return routing;
}

Routing make_routing(const Plan& plan, unsigned long long seed) {
  // The engine's numbers are the same everywhere; the library's distributions are not.
  std::mt19937_64 engine(seed);
  const auto below = [&](std::int64_t bound) {
    return static_cast<int>(engine() % static_cast<std::uint64_t>(std::max<std::int64_t>(bound, 1)));
  };
  const int most = std::min(8, plan.ranks);
  Routing routing(static_cast<std::size_t>(plan.ranks));
  for (Tokens& tokens : routing) {
    std::int64_t left = below(2 * plan.mean_rows + 1);
    while (left > 0) {
      std::vector<int> destinations;
      for (int each = 1 + below(std::min<std::int64_t>(most, left)); each > 0; --each)
        destinations.push_back(below(plan.ranks));
      std::sort(destinations.begin(), destinations.end());
      destinations.erase(std::unique(destinations.begin(), destinations.end()), destinations.end());
      left -= static_cast<std::int64_t>(destinations.size());
      tokens.push_back(destinations);
    }
  }
  return routing;
}

std::vector<Index> words_of(const Tokens& tokens) {
  std::vector<Index> words;
  for (const std::vector<int>& destinations : tokens) {
    words.push_back(static_cast<Index>(destinations.size()));
    for (const int each : destinations) words.push_back(static_cast<Index>(each));
  }
  return words;
}

Tokens tokens_of(const Index* words, std::int64_t count) {
  Tokens tokens;
  for (std::int64_t at = 0; at < count;) {
    const Index* const first = words + at + 1;
    tokens.emplace_back(first, first + words[at]);
    at += 1 + static_cast<std::int64_t>(words[at]);
  }
  return tokens;
}

Traffic::Traffic(const Plan& plan)
    : plan_(plan),
      nodes_(plan.ranks / plan.ranks_per_node),
      rows_(static_cast<std::size_t>(plan.ranks * plan.ranks)),
      copies_(static_cast<std::size_t>(plan.ranks * nodes_)),
      copy_of_row_(static_cast<std::size_t>(plan.copies ? plan.ranks * plan.ranks : 0)) {}

void Traffic::set_rows(int source, const Index* rows) {
  for (int rank = 0; rank < plan_.ranks; ++rank)
    rows_[static_cast<std::size_t>(source * plan_.ranks + rank)] = rows[rank];
}

void Traffic::set_tokens(int source, const Tokens& tokens) {
  for (const std::vector<int>& destinations : tokens) {
    int last = -1;
    for (const int destination : destinations) {
      const int node = destination / plan_.ranks_per_node;
      std::int64_t& copies = copies_[static_cast<std::size_t>(source * nodes_ + node)];
      if (node != last) ++copies;
      last = node;
      copy_of_row_[static_cast<std::size_t>(source * plan_.ranks + destination)].push_back(copies - 1);
    }
  }
}

std::int64_t Traffic::rows_of_copies(int source, int destination, std::int64_t copies) const {
  const auto& rows = copy_of_row_[static_cast<std::size_t>(source * plan_.ranks + destination)];
  return std::lower_bound(rows.begin(), rows.end(), copies) - rows.begin();
}

std::int64_t Traffic::before(int source, int destination) const {
  std::int64_t sum = 0;
  for (int each = 0; each < source; ++each) sum += rows(each, destination);
  return sum;
}

}  // namespace weft::exchange
