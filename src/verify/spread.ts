// Who knows how many rows each atom has, while the phases that carry counts run. Unlike rows, a count may be told to many:
// each rank is told once in a phase by one who knew before it, and in the end the host of an atom's slot knows.
import { slotsOfRank } from "../plan/index.js";
import type { AtomReader } from "./atoms.js";
import type { Message } from "./messages.js";
import type { Leg } from "./travel.js";

/** Behind every leg. */
const NEVER = 127;

/** What one rank knows, by source * slots + slot: legs are counted from 1, and a source knows its own since 0. */
interface Knowledge {
  /** The leg after which it knew first. */
  readonly since: Int8Array;
  /** The leg in which it was told last. */
  readonly told: Int8Array;
}

/** Follows every count through the phases, and tells of the first that is passed on wrongly, or not to where it must be. */
export function spread(
  reader: AtomReader,
  legs: readonly Leg[],
): { readonly phase?: string; readonly story: readonly string[] } | undefined {
  const { ranks, placement } = reader;
  const { slots } = placement;
  const known = Array.from({ length: ranks }, (_, rank): Knowledge => ({
    since: new Int8Array(ranks * slots).fill(NEVER).fill(0, rank * slots, (rank + 1) * slots),
    told: new Int8Array(ranks * slots).fill(NEVER),
  }));
  for (const [before, leg] of legs.slice(0, NEVER - 1).entries()) {
    const now = before + 1;
    for (const message of leg.messages) {
      const [sender, receiver] = [known[message.rank]!, known[message.to]!];
      for (const source of message.atoms.sources)
        for (const slot of message.atoms.slots) {
          const at = source * slots + slot;
          const fault =
            sender.since[at]! >= now
              ? `but at that time rank ${message.rank} does not know it`
              : receiver.told[at] === now
                ? "which is told twice in this phase"
                : undefined;
          if (fault !== undefined)
            return { phase: leg.phase, story: [describe(leg, message, source, slot), fault] };
          receiver.told[at] = now;
          receiver.since[at] = Math.min(now, receiver.since[at]!);
        }
    }
  }
  for (let host = 0; host < ranks; host++) {
    const [first, end] = slotsOfRank(placement, host);
    for (let source = 0; source < ranks; source++)
      for (let slot = first; slot < end; slot++)
        if (known[host]!.told[source * slots + slot] === NEVER)
          return { story: [`${atom(source, slot)} is never sent; rank ${host} waits for it`] };
  }
  return undefined;
}

const atom = (source: number, slot: number): string => `atom (source ${source}, slot ${slot})`;

const describe = (leg: Leg, { step, rank, to }: Message, source: number, slot: number): string =>
  `phase \`${leg.phase}\`, step ${step}: rank ${rank} sends ${atom(source, slot)} to rank ${to}`;
