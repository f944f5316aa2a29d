// Law of placement tables: every slot that the tables send an expert's tokens to holds that expert, every slot is
// listed once, every expert has one, and no rank holds an expert twice.
import { rankOfSlot, type LayerPlacement, type Placement } from "../plan/index.js";

/** What is wrong with the tables of one layer of a placement, in order. */
export function* tableFaults(placement: Placement, tables: LayerPlacement): Iterable<readonly string[]> {
  const listed = new Set<number>();
  for (let expert = 0; expert < placement.experts; expert++) {
    const replicas = tables.replica_slot.slice(
      tables.replica_begin[expert],
      tables.replica_begin[expert + 1],
    );
    if (replicas.length === 0) yield [`expert ${expert} has no slot: its tokens have nowhere to go`];
    for (const slot of replicas) {
      const there = tables.expert_of_slot[slot]!;
      if (there !== expert)
        yield [
          `tokens for expert ${expert} are sent to slot ${slot}`,
          `slot ${slot} holds expert ${there}, so they meet another expert's weights`,
        ];
      if (listed.has(slot)) yield [`slot ${slot} is listed twice among the replicas`];
      listed.add(slot);
    }
  }
  const residents = new Map<string, number>();
  for (const [slot, expert] of tables.expert_of_slot.entries()) {
    const rank = rankOfSlot(placement, slot);
    const other = residents.get(`${rank} ${expert}`);
    if (other !== undefined)
      yield [`rank ${rank} holds expert ${expert} twice, in slots ${other} and ${slot}`];
    residents.set(`${rank} ${expert}`, slot);
  }
}
