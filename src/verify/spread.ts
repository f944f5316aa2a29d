// Who knows how many rows each atom has, while the phases that carry counts run. Unlike rows, a count may be told to many:
// each rank is told once in a phase by one who knew before it, and in the end the host of an atom's slot knows.
import { slotsOfRank } from "../plan/index.js";
import type { AtomReader } from "./atoms.js";
import type { Message } from "./messages.js";
import type { Leg } from "./travel.js";

/** Behind every leg. */
const NEVER = 127;

/** What one rank knows of the atoms of one source, by slot: legs are counted from 1, and a source knows its own since 0. */
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
  const known: (Knowledge | undefined)[] = [];
  const knownTo = (rank: number, source: number): Knowledge =>
    (known[rank * ranks + source] ??= {
      since: new Int8Array(slots).fill(rank === source ? 0 : NEVER),
      told: new Int8Array(slots).fill(NEVER),
    });
  for (const [at, leg] of legs.slice(0, NEVER - 1).entries()) {
    const now = at + 1;
    for (const message of leg.messages)
      for (const source of message.atoms.sources) {
        const [sender, receiver] = [knownTo(message.rank, source), knownTo(message.to, source)];
        for (const slot of message.atoms.slots) {
          const fault =
            sender.since[slot]! >= now
              ? `but at that time rank ${message.rank} does not know it`
              : receiver.told[slot] === now
                ? "which is told twice in this phase"
                : undefined;
          if (fault !== undefined)
            return { phase: leg.phase, story: [describe(leg, message, source, slot), fault] };
          receiver.told[slot] = now;
          receiver.since[slot] = Math.min(now, receiver.since[slot]!);
        }
      }
  }
  for (let host = 0; host < ranks; host++) {
    const [first, end] = slotsOfRank(placement, host);
    for (let source = 0; source < ranks; source++)
      for (let slot = first; slot < end; slot++)
        if (knownTo(host, source).told[slot] === NEVER)
          return { story: [`${atom(source, slot)} is never sent; rank ${host} waits for it`] };
  }
  return undefined;
}

const atom = (source: number, slot: number): string => `atom (source ${source}, slot ${slot})`;

const describe = (leg: Leg, { step, rank, to }: Message, source: number, slot: number): string =>
  `phase \`${leg.phase}\`, step ${step}: rank ${rank} sends ${atom(source, slot)} to rank ${to}`;
