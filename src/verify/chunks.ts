// Law of chunks: the rows of a launch for some slots are those between the run-time counts of these slots, and what a phase
// carries for a chunk is its slots' atoms. So launches of different slots touch different rows.
import {
  areApart,
  namesIn,
  printExpression,
  rowsOfSlots,
  slotOfCount,
  slotsEnd,
  slotsOfRank,
  type ComputeLaunch,
  type Exchange,
  type SlotRange,
  type TransferLaunch,
} from "../plan/index.js";
import type { AtomReader } from "./atoms.js";
import type { Access, Chunk } from "./facts.js";
import type { Message } from "./messages.js";

/** Whether two accesses to the same bytes touch different rows of them. */
export const touchOtherRows = (one: Access, other: Access): boolean =>
  one.chunk !== undefined &&
  other.chunk !== undefined &&
  one.chunk.use === other.chunk.use &&
  areApart(one.chunk.slots, other.chunk.slots);

/** `slot 2`, `slots 0 to 3`. */
export const slotText = ({ first, count }: SlotRange): string =>
  count === 1 ? `slot ${first}` : `slots ${first} to ${first + count - 1}`;

/** The first slot of a range that is in none of some others; undefined where each is in one. */
function slotLeft(ranges: readonly SlotRange[], { first, count }: SlotRange): number | undefined {
  for (let slot = first; slot < first + count; slot++)
    if (!ranges.some((each) => each.first <= slot && slot < slotsEnd(each))) return slot;
  return undefined;
}

/** Rows of a launch that are not those of its slots; undefined where they are. */
export function rowsFault(
  exchange: Exchange | undefined,
  { id, rows, slots }: ComputeLaunch,
): readonly string[] | undefined {
  const stated = [rows.begin.expr, rows.end.expr];
  const text = `its rows are ${stated.map(printExpression).join(" to ")}`;
  if (slots === undefined) {
    const split = stated
      .flatMap(namesIn)
      .some((name) => slotOfCount(name.slice(name.lastIndexOf(".") + 1)) !== undefined);
    return split ? [`\`${id}\` is of no chunk`, text] : undefined;
  }
  if (exchange === undefined) return [`\`${id}\` is of ${slotText(slots)}, but follows no exchange`];
  const { begin, end } = rowsOfSlots(exchange, slots);
  if (JSON.stringify(stated) === JSON.stringify([begin, end])) return undefined;
  return [
    `\`${id}\` is of ${slotText(slots)}, whose rows are ${printExpression(begin)} to ${printExpression(end)}`,
    text,
  ];
}

/** A message of a transfer that carries others than the atoms of its chunk. */
export function carriedFault(
  reader: AtomReader,
  { id, slots }: TransferLaunch,
  messages: readonly Message[],
): readonly string[] | undefined {
  if (slots === undefined) return undefined;
  for (const { step, rank, to, atoms } of messages)
    for (const slot of atoms.slots) {
      const [begin] = slotsOfRank(reader.placement, reader.hosts[slot]!);
      const own = slot - begin;
      if (own >= slots.first && own < slotsEnd(slots)) continue;
      return [
        `step ${step} of \`${id}\`: rank ${rank} sends rank ${to} atoms of slot ${slot}, which is slot ${own} of its host`,
        `the launch is of ${slotText(slots)}`,
      ];
    }
  return undefined;
}

/** What a value has of the rows of an exchange: all, or those of some slots of one use. */
export type Extent = (Pick<Chunk, "use" | "of"> & { readonly slots: readonly SlotRange[] }) | undefined;

/** What is there once a chunk is added to it. */
export const withChunk = (extent: Extent, { use, of, slots }: Chunk): NonNullable<Extent> => ({
  use,
  of,
  slots: extent?.use === use ? [...extent.slots, slots] : [slots],
});

/** A slot that a read needs and a value does not have, by its index on its rank. */
export function missingSlot(extent: Extent, chunk: Chunk | undefined): number | undefined {
  if (extent === undefined) return undefined;
  if (chunk === undefined) return slotLeft(extent.slots, { first: 0, count: extent.of });
  if (chunk.use !== extent.use) return chunk.slots.first;
  return slotLeft(extent.slots, chunk.slots);
}
