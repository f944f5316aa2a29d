// In which of its slots a GPU has which expert: chunks of an exchange are ranges of the slots, and should carry much the same.
import { slotBegins, type Gpus, type PlacedLayer } from "./problem.js";

/** The same placement with the experts of each GPU in an order of which both halves carry much the same, and so do their halves. */
export function arranged(
  { expertOfSlot, turns }: PlacedLayer,
  parts: ArrayLike<number>,
  gpus: Gpus,
): PlacedLayer {
  const begins = slotBegins(gpus.slots);
  const order = gpus.slots.flatMap((own, gpu) => {
    const slots = Array.from({ length: own }, (_, at) => begins[gpu]! + at);
    return dealt(slots.sort((a, b) => parts[b]! - parts[a]! || expertOfSlot[a]! - expertOfSlot[b]!));
  });
  return { expertOfSlot: order.map((slot) => expertOfSlot[slot]!), turns: order.map((slot) => turns[slot]!) };
}

/** Slots, the heaviest first, dealt to two halves there and back. */
function dealt(sorted: readonly number[]): readonly number[] {
  if (sorted.length < 3) return sorted;
  const isFirst = (at: number): boolean => at % 4 === 0 || at % 4 === 3;
  return [...dealt(sorted.filter((_, at) => isFirst(at))), ...dealt(sorted.filter((_, at) => !isFirst(at)))];
}
