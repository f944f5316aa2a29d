#include "runtime/peers.h"

#include <algorithm>

#include "runtime/check.h"

namespace weft {
namespace {

std::string describe(const Place& place) {
  const std::string where =
    place.layer < 0 ? place.launch : format("layer %d at %s", place.layer, place.launch.c_str());
  return format("%s, launch %llu", where.c_str(), static_cast<unsigned long long>(place.launches));
}

}  // namespace

Place place_of(const Progress& progress) {
  Place place;
  place.launches = progress.launches;
  place.layer = progress.layer;
  const char* const blocked_in = progress.blocked_in;
  place.launch = blocked_in != nullptr ? blocked_in : progress.launch.load();
  place.answers = true;
  return place;
}

std::string who_is_behind(const std::vector<Place>& places, int self) {
  const auto by_launches = [](const Place& one, const Place& other) { return one.launches < other.launches; };
  if (places.empty()) return "";
  const auto least = std::min_element(places.begin(), places.end(), by_launches);
  const auto most = std::max_element(places.begin(), places.end(), by_launches);
  const auto silent =
    std::find_if(places.begin(), places.end(), [](const Place& each) { return !each.answers; });
  // Whoever does not answer holds the others up, unless somebody else is further behind.
  const auto culprit = silent != places.end() && silent->launches <= least->launches ? silent : least;
  const int rank = static_cast<int>(culprit - places.begin());
  const std::string silence = culprit->answers ? "" : ", and does not answer";
  if (culprit->launches == most->launches && culprit->answers) return "all ranks are as far";
  if (rank == self) return format("this rank is behind all others%s", silence.c_str());
  return format("rank %d is behind all others: %s%s", rank, describe(*culprit).c_str(), silence.c_str());
}

std::string who_failed(const std::vector<Place>& places, int self) {
  for (std::size_t rank = 0; rank < places.size(); ++rank)
    if (static_cast<int>(rank) != self && !places[rank].failure.empty())
      return format("rank %zu has failed: %s", rank, places[rank].failure.c_str());
  return "";
}

}  // namespace weft
