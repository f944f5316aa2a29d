// Which earlier launches of a sequence touched what a launch touches, so that it must follow them. Two chunks of one exchange touch
// different rows of a buffer, but in another layer the rows lie elsewhere.
import { areApart, covers } from "../../plan/chunks.js";
import type { SlotRange } from "../../plan/types.gen.js";

export interface PlaceAccess {
  /** Position of the launch in the sequence. */
  readonly index: number;
  readonly layer: number;
  /** Whose rows it touches, where not all. */
  readonly slots: SlotRange | undefined;
  readonly writes: boolean;
}

export class PlaceAccesses {
  /** By place, those that lie behind no later write. */
  readonly #places = new Map<string, PlaceAccess[]>();

  /** Notes an access and gives the launches that it conflicts with, but for those that lie behind others of them. */
  touch(place: string, access: PlaceAccess): number[] {
    const known = this.#places.get(place);
    if (known === undefined) {
      this.#places.set(place, [access]);
      return [];
    }
    const conflicts: number[] = [];
    for (const each of known)
      if (each.index !== access.index && (each.writes || access.writes) && !touchOtherRows(each, access))
        conflicts.push(each.index);
    if (access.writes) keep(known, (each) => !isBehind(each, access));
    known.push(access);
    return conflicts;
  }
}

/** Takes out of a list what is not to be kept. */
function keep<T>(list: T[], isKept: (each: T) => boolean): void {
  let kept = 0;
  for (const each of list) if (isKept(each)) list[kept++] = each;
  list.length = kept;
}

const touchOtherRows = (one: PlaceAccess, other: PlaceAccess): boolean =>
  one.slots !== undefined &&
  other.slots !== undefined &&
  one.layer === other.layer &&
  areApart(one.slots, other.slots);

/** Whether all that conflicts with an access conflicts with a later write too. */
const isBehind = (access: PlaceAccess, write: PlaceAccess): boolean =>
  write.slots === undefined ||
  (access.slots !== undefined && access.layer === write.layer && covers(write.slots, access.slots));
