// Answers questions about layouts and counts, one line each, so that a test can hold them against the TypeScript.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "runtime/check.h"
#include "runtime/counts.h"
#include "runtime/layout.h"

namespace {

using weft::Index;

bool read_word(std::string& word) {
  char text[64];
  if (std::scanf("%63s", text) != 1) return false;
  word = text;
  return true;
}

std::int64_t read_number() {
  long long number = 0;
  if (std::scanf("%lld", &number) != 1) std::abort();
  return number;
}

std::vector<Index> read_numbers(std::int64_t count) {
  std::vector<Index> numbers;
  for (std::int64_t each = 0; each < count; ++each) numbers.push_back(static_cast<Index>(read_number()));
  return numbers;
}

weft::Ranks read_ranks() {
  const std::int64_t first = read_number();
  const std::int64_t step = read_number();
  return {first, step, read_number()};
}

weft::AtomSet read_set() {
  const weft::Ranks source = read_ranks();
  const weft::Ranks host = read_ranks();
  const std::int64_t first_slot = read_number();
  return {source, host, first_slot, read_number()};
}

/** What has been asked about so far. */
struct Subject {
  std::vector<Index> slot_begin;
  weft::PlacementFacts placement{};
  std::unique_ptr<weft::AtomSpace> space;
  std::vector<std::unique_ptr<weft::Layout>> layouts;
  std::unique_ptr<weft::HostCounts> counts;

  void read_space() {
    placement.ranks = static_cast<int>(read_number());
    placement.slots = static_cast<int>(read_number());
    const int ranks_per_node = static_cast<int>(read_number());
    slot_begin = read_numbers(placement.ranks + 1);
    placement.slot_begin = slot_begin.data();
    layouts.clear();
    counts.reset();
    space = std::make_unique<weft::AtomSpace>(placement, ranks_per_node);
  }

  void read_layout() {
    weft::LayoutSpec spec{"layout", {}, weft::Copies::kNone};
    for (weft::Sort& key : spec.order) key = static_cast<weft::Sort>(read_number());
    spec.copies = static_cast<weft::Copies>(read_number());
    layouts.push_back(std::make_unique<weft::Layout>(*space, spec, read_set()));
    std::printf("%lld\n", static_cast<long long>(layouts.back()->entries()));
  }

  void read_counts() {
    const int self = static_cast<int>(read_number());
    weft::host_rank = self;
    weft::CountsSpec spec{"moe"};
    spec.told = static_cast<weft::Told>(read_number());
    spec.overflow = static_cast<weft::Overflow>(read_number());
    spec.capacity_rows = read_number();
    spec.most_sent = read_number();
    spec.atom_rows = read_number();
    const bool in_round = read_number() != 0;
    counts = std::make_unique<weft::HostCounts>(*space, self, spec);
    if (spec.atom_rows == 0) {
      const std::vector<Index> sent = read_numbers(counts->sent_words());
      const std::vector<Index> table = read_numbers(counts->table_words());
      counts->set(3, 1, sent.data(), table.data(), in_round);
    }
    std::printf(
      "%lld %lld %lld %lld %lld %d",
      static_cast<long long>(counts->sent()),
      static_cast<long long>(counts->received()),
      static_cast<long long>(counts->copies_sent()),
      static_cast<long long>(counts->copies_received()),
      static_cast<long long>(counts->forwarded()),
      counts->exceeds() ? 1 : 0
    );
    for (int slot = 0; slot <= space->own_slots(self); ++slot)
      std::printf(" %lld", static_cast<long long>(counts->before(slot)));
    std::printf("\n");
  }

  void read_piece(bool of_rows) const {
    const weft::Layout& layout = *layouts[static_cast<std::size_t>(read_number())];
    const weft::AtomSet set = read_set();
    const weft::Piece piece = of_rows ? layout.piece(set, *counts) : layout.piece(set);
    std::printf("%lld %lld\n", static_cast<long long>(piece.first), static_cast<long long>(piece.count));
  }
};

}  // namespace

int main() {
  Subject subject;
  std::string question;
  while (read_word(question)) {
    try {
      if (question == "space") subject.read_space();
      if (question == "layout") subject.read_layout();
      if (question == "counts") subject.read_counts();
      if (question == "entries") subject.read_piece(false);
      if (question == "rows") subject.read_piece(true);
    } catch (const weft::Failure& failure) {
      std::printf("%s\n", failure.what());
    }
  }
  return 0;
}
