#include "emulation/detector.h"

#include <algorithm>

#include "emulation/marks.h"
#include "emulation/symbol.h"

namespace weft::emulation {
namespace {
constexpr std::uint32_t kSet = 0x80000000u;
constexpr unsigned kWriteBit = static_cast<unsigned>(Mode::kWrite);
}  // namespace

/** Neighbours mostly have one past, so that the last step is often the next one too. */
class Detector::Steps {
 public:
  Steps(Detector& detector, ActId act, const Known& known) : detector_(detector), act_(act), known_(known) {}

  void take(Cell& cell, unsigned modes, const std::byte* at) {
    if (modes != modes_ || cell.write != from_.write || cell.reads != from_.reads) {
      from_ = cell;
      modes_ = modes;
      to_ = detector_.after(cell, modes, act_, known_, at);
    }
    cell = to_;
  }

 private:
  Detector& detector_;
  const ActId act_;
  const Known& known_;
  unsigned modes_ = 0;
  Cell from_{};
  Cell to_{};
};

Detector::Detector(Region& region, Report& report)
    : region_(region),
      report_(report),
      cells_(static_cast<Cell*>(reserve(kRegionBytes / 4 * sizeof(Cell), kCellsBegin))) {}

Component Detector::add_component(int rank, const std::string& name) {
  components_.push_back({rank, name});
  return static_cast<Component>(components_.size() - 1);
}

ActId Detector::add(const Act& act) {
  acts_.push_back(act);
  return static_cast<ActId>(acts_.size() - 1);
}

Detector::Cell Detector::after(
  const Cell& cell, unsigned modes, ActId act, const Known& known, const void* at
) {
  const bool writes = (modes & kWriteBit) != 0;
  if (cell.write != 0 && cell.write != act && !known.knows(acts_[cell.write]))
    race(cell.write, true, act, writes, at);
  std::vector<ActId> others;
  const auto visit = [&](ActId read) {
    if (read != act && !known.knows(acts_[read])) others.push_back(read);
  };
  if (cell.reads & kSet) {
    for (const ActId read : read_sets_[cell.reads & ~kSet]) visit(read);
  } else if (cell.reads != 0) {
    visit(cell.reads);
  }
  if (writes) {
    for (const ActId read : others) race(read, false, act, true, at);
    return {act, 0};
  }
  if (others.empty()) return {cell.write, act};
  others.push_back(act);
  read_sets_.push_back(std::move(others));
  return {cell.write, kSet | static_cast<std::uint32_t>(read_sets_.size() - 1)};
}

bool Detector::may_access(const void* at, std::size_t bytes, ActId act) {
  const Allocation* allocation = region_.find(at);
  const int rank = rank_of(acts_[act].component);
  if (
    allocation != nullptr && !allocation->freed && allocation->rank == rank &&
    static_cast<const std::byte*>(at) + bytes <= allocation->end()
  ) {
    return true;
  }
  if (forgiven_.count(rank) > 0) return false;
  std::string wrong = "which nobody has allocated";
  if (allocation != nullptr) {
    wrong = "which is " + emulation::describe(*allocation, at);
    if (!allocation->freed && allocation->rank == rank) wrong += ": beyond its end";
  }
  const std::string key = describe(act);
  if (reported_.insert({key, ""}).second) {
    report_.find(
      {FindingKind::kMisuse,
       rank,
       key + " accesses " + std::to_string(bytes) + " bytes of memory " + wrong,
       lines(act, act)}
    );
  }
  return false;
}

void Detector::access(const void* at, std::size_t bytes, Mode mode, ActId act, const Known& known) {
  if (bytes == 0 || !region_.contains(at) || !may_access(at, bytes, act)) return;
  Steps steps(*this, act, known);
  const auto* begin = static_cast<const std::byte*>(at);
  const Cell* last = &cell(begin + bytes - 1);
  for (Cell* word = &cell(begin); word <= last; ++word, begin += 4)
    steps.take(*word, static_cast<unsigned>(mode), begin);
}

void Detector::release(const Allocation& allocation, ActId act, const Clock& known) {
  releasing_ = true;
  access(allocation.begin, allocation.bytes, Mode::kWrite, act, Known{known});
  releasing_ = false;
}

void Detector::finish_launch(ActId act, const Clock& known_clock) {
  const Known known{known_clock};
  std::vector<std::uint32_t>& pages = marked_pages();
  std::sort(pages.begin(), pages.end());
  for (const std::uint32_t page : pages) {
    auto* begin = reinterpret_cast<std::byte*>(kRegionBegin + std::size_t{page} * Region::kPage);
    std::uint8_t* marks = marks_of(page);
    std::size_t first = 0, end = kMarksOfPage;
    while (first < kMarksOfPage && marks[first] == 0) ++first;
    while (end > first && marks[end - 1] == 0) --end;
    if (may_access(begin + first * 4, (end - first) * 4, act)) {
      Steps steps(*this, act, known);
      Cell* cells = &cell(begin);
      for (std::size_t word = first; word < end; ++word) {
        if (marks[word] != 0) steps.take(cells[word], marks[word], begin + word * 4);
      }
    }
    forget_marks(page);
  }
  pages.clear();
}

std::string Detector::describe(ActId id) const {
  const Act& act = acts_[id];
  const std::string rank = " of rank " + std::to_string(rank_of(act.component));
  if (act.what == nullptr) {
    return function_name(act.code) + rank + " on stream " + name_of(act.component) + " (" +
      emulation::describe(act.site) + ")";
  }
  if (act.code != nullptr) return std::string(act.what) + rank + " (at " + line_of_code(act.code) + ")";
  const bool by_host = name_of(act.component) == kHostName;
  return std::string(act.what) + rank + (by_host ? "" : " on stream " + name_of(act.component)) + " (" +
    emulation::describe(act.site) + ")";
}

std::vector<std::string> Detector::lines(ActId first, ActId second) const {
  std::vector<std::string> result;
  for (const ActId id : {first, second}) {
    const Act& act = acts_[id];
    const std::string line =
      act.what != nullptr && act.code != nullptr ? line_of_code(act.code) : line_of(act.site);
    if (result.empty() || result.back() != line) result.push_back(line);
  }
  return result;
}

void Detector::race(ActId earlier, bool earlier_writes, ActId later, bool later_writes, const void* at) {
  if (forgiven_.count(rank_of(acts_[later].component)) > 0) return;
  // Deduplicated by the two places, of whatever rank and however often.
  const Act& a = acts_[earlier];
  const Act& b = acts_[later];
  if (!reported_.insert({line_of(a.site) + site(a.site).range, line_of(b.site) + site(b.site).range}).second)
    return;
  const Allocation* allocation = region_.find(at);
  const std::string where = allocation == nullptr ? "memory" : emulation::describe(*allocation, at);
  const int rank = rank_of(b.component);
  if (releasing_) {
    report_.find(
      {FindingKind::kMisuse,
       rank,
       describe(later) + " frees " + where + " while nothing says that " + describe(earlier) + ", which " +
         (earlier_writes ? "writes" : "reads") + " it, is over",
       lines(earlier, later)}
    );
    return;
  }
  report_.find(
    {FindingKind::kRace,
     rank,
     describe(later) + (later_writes ? " writes" : " reads") + " what " + describe(earlier) +
       (earlier_writes ? " writes" : " reads") + ", and nothing orders the two: " + where,
     lines(earlier, later)}
  );
}

}  // namespace weft::emulation
