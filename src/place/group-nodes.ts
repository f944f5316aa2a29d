// Whether groups of experts can be packed to nodes so that all replicas of a group are on one. Groups are of one size but for
// the last, so counts of groups decide, and every case is covered by trying where the last one goes.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Placeable, PlaceFault } from "./fault.js";
import { groupOfExpert, nodeCount } from "./problem.js";

/** What a node can take. */
interface NodeRoom {
  /** Slots that are there for the first replica of an expert: all but those of further pins. */
  slots: number;
  /** Distinct experts that its largest GPU holds. */
  distinct: number;
  /** Groups that pins bring here. */
  readonly pinned: Set<number>;
}

/** Why groups cannot stay on nodes, or undefined where they can. Slots and pins must be without fault. */
export function groupNodesFault(problem: Placeable): PlaceFault | undefined {
  const experts = problem.loads[0]?.length ?? 0;
  const rooms = roomsOf(problem, experts);
  const size = Math.ceil(experts / problem.gate.groups);
  const count = Math.ceil(experts / size);
  const last = experts - size * (count - 1);
  const split = splitGroup(rooms);
  if (split !== undefined)
    return {
      ...{ about: "groups", place: "pinned" },
      reason: `experts of group ${String(split)} are pinned to several nodes, and hard groups stay on one`,
      hint: 'Pin them to one node, or state "priced" for groups.',
    };
  const owner = rooms.findIndex(({ pinned }) => pinned.has(count - 1));
  const possible = rooms.some(
    (_, node) => (owner < 0 || owner === node) && canPack(rooms, { size, count, last, lastOn: node }),
  );
  if (possible) return undefined;
  const nodes = `${String(rooms.length)} node${rooms.length === 1 ? "" : "s"}`;
  const most = Math.max(...rooms.map(({ slots }) => slots));
  return {
    ...{ about: "groups", place: "groups" },
    reason:
      most < size
        ? `a group has ${String(size)} experts, and no node has more than ${String(most)} slots`
        : `${String(count)} groups of ${String(size)} experts cannot be packed to ${nodes} so that each stays on one and every slot is used`,
    hint: 'State "priced" for groups: they stay together where that is worth it.',
  };
}

function roomsOf({ gpus, gate, pins }: Placeable, experts: number): NodeRoom[] {
  const rooms = Array.from({ length: nodeCount(gpus) }, (): NodeRoom => {
    return { slots: 0, distinct: 0, pinned: new Set() };
  });
  gpus.slots.forEach((own, gpu) => {
    const room = rooms[gpus.nodeOf[gpu]!]!;
    room.slots += own;
    room.distinct = Math.max(room.distinct, own);
  });
  const seen = new Set<number>();
  for (const { expert, gpu } of pins) {
    const room = rooms[gpus.nodeOf[gpu]!];
    if (room === undefined) throw new InternalError(`expert ${String(expert)} is pinned to no GPU`);
    room.pinned.add(groupOfExpert(expert, experts, gate.groups));
    if (seen.has(expert)) room.slots--;
    seen.add(expert);
  }
  return rooms;
}

/** A group that pins bring to two nodes. */
function splitGroup(rooms: readonly NodeRoom[]): number | undefined {
  const seen = new Set<number>();
  for (const { pinned } of rooms)
    for (const group of pinned) {
      if (seen.has(group)) return group;
      seen.add(group);
    }
  return undefined;
}

/** Whether whole groups fill the nodes, where the last, which may be short, is on one of them. */
function canPack(
  rooms: readonly NodeRoom[],
  { size, count, last, lastOn }: { size: number; count: number; last: number; lastOn: number },
): boolean {
  let [least, most] = [0, 0];
  for (const [node, { slots, distinct, pinned }] of rooms.entries()) {
    const short = node === lastOn ? last : 0;
    const here = pinned.size - (pinned.has(count - 1) ? 1 : 0);
    const low = Math.max(here, Math.ceil((distinct - short) / size));
    const high = Math.floor((slots - short) / size);
    if (slots < short || low > high) return false;
    [least, most] = [least + low, most + high];
  }
  return least <= count - 1 && count - 1 <= most;
}
