#include "emulation/rendezvous.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "emulation/machine.h"

namespace weft::emulation {
namespace {

void find_mismatch(
  const Arrival& first,
  const Arrival& second,
  const std::string& what,
  const std::string& first_value,
  const std::string& second_value
) {
  const auto end = [](const Arrival& arrival, const std::string& value) {
    return "rank " + std::to_string(arrival.host->rank) + " makes " + value + " (" + describe(arrival.site) +
      ")";
  };
  machine().report.find(
    {FindingKind::kMismatch,
     second.host->rank,
     "communicators are made in different orders, or their " + what + " differ: " + end(first, first_value) +
       ", but " + end(second, second_value),
     {line_of(first.site), line_of(second.site)}}
  );
}

void check_alike(const Arrival& first, const Arrival& second) {
  const auto quoted = [](const std::string& name) { return "communicator '" + name + "'"; };
  if (first.name != second.name) {
    find_mismatch(first, second, "names", quoted(first.name), quoted(second.name));
  } else if (first.least_ctas != second.least_ctas || first.most_ctas != second.most_ctas) {
    const auto value = [&](const Arrival& arrival) {
      return quoted(arrival.name) + " with " + std::to_string(arrival.least_ctas) + " to " +
        std::to_string(arrival.most_ctas) + " CTAs";
    };
    find_mismatch(first, second, "CTAs", value(first), value(second));
  }
}

void make_clique(std::vector<std::pair<int, Arrival*>>& members) {
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    return std::make_pair(a.second->key, a.first) < std::make_pair(b.second->key, b.first);
  });
  auto clique = std::make_shared<Clique>();
  clique->name = members.front().second->name;
  clique->channels.resize(members.size() * members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    Arrival& arrival = *members[i].second;
    check_alike(*members.front().second, arrival);
    arrival.made = new ncclComm();
    arrival.made->clique = clique;
    arrival.made->self = static_cast<int>(i);
    arrival.made->rank = arrival.host->rank;
    clique->members.push_back(arrival.made);
  }
}

void complete(Rendezvous& place) {
  std::map<int, std::vector<std::pair<int, Arrival*>>> colors;
  Clock all;
  for (std::size_t i = 0; i < place.arrivals.size(); ++i) {
    Arrival& arrival = place.arrivals[i];
    if (arrival.color >= 0) colors[arrival.color].emplace_back(static_cast<int>(i), &arrival);
    all.join(arrival.host->clock);
    all.learn(arrival.host->component, arrival.host->tick);
  }
  for (auto& [color, members] : colors) make_clique(members);
  for (const Arrival& arrival : place.arrivals) arrival.host->learn(all);
  for (const Waiter& waiter : place.hosts) machine().hosts.wake(waiter);
}

}  // namespace

std::string describe(const Clique& clique) {
  return "communicator '" + clique.name + "' of " + std::to_string(clique.size()) + " ranks";
}

bool meet(const std::shared_ptr<Rendezvous>& place, int self, const Arrival& arrival, const char* name) {
  place->arrivals[static_cast<std::size_t>(self)] = arrival;
  if (++place->arrived == place->arrivals.size()) {
    complete(*place);
    return true;
  }
  while (place->arrived < place->arrivals.size()) {
    place->hosts.push_back(arrival.host->waiter());
    if (!machine().hosts.block(*arrival.host, std::string(name) + " for the other ranks")) return false;
  }
  return true;
}

}  // namespace weft::emulation
