// What NCCL allows of a group. Source: NCCL's documentation, group calls.
import type { Route } from "../exchange-plan/index.js";
import type { Routing } from "./routing.js";

/** Operations, sends and receives together, that one group may have. */
export const MOST_GROUP_OPERATIONS = 2048;

/** SMs that a communicator can be given: NCCL rounds up to a power of two, and has at most 64 channels. */
export const SM_BUDGETS: readonly number[] = [1, 2, 4, 8, 16, 32, 64];

/** Operations of the rank with most of them in the largest group of a plan, whatever the traffic. */
export function mostGroupOperations(routing: Routing, nodes: number, ranksPerNode: number): number {
  const partners = routing.launches.map(() => ({ within: false }));
  // Nodes are alike but for single pairs: of those the busiest end counts.
  const busiest = routing.launches.map(() => new Map<string, number>());
  const add = (launch: number, key: string, count: number): void => {
    const known = busiest[launch]!;
    known.set(key, (known.get(key) ?? 0) + count);
  };
  for (const { pairs, way, launches } of routing.routes) {
    const messages = messagesOf(way, ranksPerNode);
    launches.forEach((launch, hop) => {
      if (pairs === "within") partners[launch]!.within = true;
      else if (messages[hop] === "within") partners[launch]!.within = true;
      else {
        const each = messages[hop] === "direct" ? ranksPerNode : 1;
        if (pairs === "all") {
          partners[launch]!.within = true;
          add(launch, "all", each * (nodes - 1));
        } else if ("shifts" in pairs) add(launch, "all", each * (pairs.shifts[1] - pairs.shifts[0]));
        else {
          add(launch, `from ${String(pairs.from)}`, each);
          add(launch, `to ${String(pairs.to)}`, each);
        }
      }
    });
  }
  return Math.max(
    ...routing.launches.map((_, launch) => {
      const counts = busiest[launch]!;
      const all = counts.get("all") ?? 0;
      let [out, into] = [0, 0];
      for (const [key, count] of counts) {
        if (key.startsWith("from")) out = Math.max(out, count);
        if (key.startsWith("to")) into = Math.max(into, count);
      }
      const inNode = partners[launch]!.within ? 2 * (ranksPerNode - 1) : 0;
      return 2 * all + out + into + inNode;
    }),
  );
}

/** What each hop of a way is: to ranks of the node, to the rank of equal index in another, or to each rank there. */
function messagesOf(way: Route["way"], ranksPerNode: number): readonly ("within" | "across" | "direct")[] {
  switch (way) {
    case "direct":
      return [ranksPerNode === 1 ? "across" : "direct"];
    case "gather":
      return ["within", "across"];
    case "forward":
      return ["across", "within"];
    case "spread":
      return ["within", "across", "within"];
    default:
      throw new Error(`unknown way ${String(way satisfies never)}`);
  }
}
