// Law of placement tables: every slot that an expert's turns name holds that expert, every expert has a turn and every slot takes
// one, and no rank holds an expert twice. A slot may take several turns: replicas need not share tokens evenly.
import { rankOfSlot, type LayerPlacement, type Placement } from "../plan/index.js";

/** What is wrong with the tables of one layer of a placement, in order. */
export function* tableFaults(placement: Placement, tables: LayerPlacement): Iterable<readonly string[]> {
  const served = new Set<number>();
  for (let expert = 0; expert < placement.experts; expert++) {
    const turns = tables.replica_slot.slice(tables.replica_begin[expert], tables.replica_begin[expert + 1]);
    if (turns.length === 0) yield [`expert ${expert} has no slot: its tokens have nowhere to go`];
    for (const slot of new Set(turns)) {
      served.add(slot);
      const there = tables.expert_of_slot[slot]!;
      if (there !== expert)
        yield [
          `tokens for expert ${expert} are sent to slot ${slot}`,
          `slot ${slot} holds expert ${there}, so they meet another expert's weights`,
        ];
    }
  }
  const residents = new Map<string, number>();
  for (const [slot, expert] of tables.expert_of_slot.entries()) {
    if (!served.has(slot)) yield [`slot ${slot} holds expert ${expert}, but no turn is its: no tokens come`];
    const rank = rankOfSlot(placement, slot);
    const other = residents.get(`${rank} ${expert}`);
    if (other !== undefined)
      yield [`rank ${rank} holds expert ${expert} twice, in slots ${other} and ${slot}`];
    residents.set(`${rank} ${expert}`, slot);
  }
}
