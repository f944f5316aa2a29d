// Every rank has one role; communicators divide ranks into disjoint instances of the size they state.
import type { LaunchPlan } from "../../plan/index.js";
import { complaint, duplicates, type Complaint } from "./complaint.js";

/** Clocks are kept for every stream of a role, so their number is bounded; CUDA devices run at most 128 kernels at once. */
const MOST_STREAMS = 128;

export function* ranksAreDefinite({ world, groups, roles }: LaunchPlan): Iterable<Complaint> {
  yield* duplicates(
    "roles",
    roles.map((each) => each.name),
  );
  const roleOf = new Map<number, string>();
  for (const role of roles) {
    if (role.ranks.length === 0) yield complaint(`role \`${role.name}\` has no ranks`);
    if (role.streams.length > MOST_STREAMS)
      yield complaint(
        `role \`${role.name}\` has ${role.streams.length} streams; at most ${MOST_STREAMS} are checked`,
      );
    yield* duplicates(
      `streams of role \`${role.name}\``,
      role.streams.map((each) => each.name),
    );
    for (const rank of role.ranks) {
      if (rank >= world) yield complaint(`role \`${role.name}\` has rank ${rank}, but there are ${world}`);
      const other = roleOf.get(rank);
      if (other !== undefined)
        yield complaint(`rank ${rank} has two roles: \`${other}\` and \`${role.name}\``);
      roleOf.set(rank, role.name);
    }
  }
  if (roleOf.size !== world) yield complaint(`${world - roleOf.size} of ${world} ranks have no role`);
  yield* duplicates(
    "communicators",
    groups.map((each) => each.name),
  );
  for (const group of groups) {
    const seen = new Set<number>();
    for (const instance of group.instances) {
      if (instance.length !== group.size)
        yield complaint(
          `an instance of communicator \`${group.name}\` has ${instance.length} ranks instead of ${group.size}`,
        );
      for (const rank of instance) {
        if (rank >= world) yield complaint(`communicator \`${group.name}\` has rank ${rank} of ${world}`);
        if (seen.has(rank)) yield complaint(`rank ${rank} is twice in communicator \`${group.name}\``);
        seen.add(rank);
      }
    }
  }
}
