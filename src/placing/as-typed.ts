// Faults of what is asked for, by the names under which the user asked: options, where the file of constraints does not say it.
import type { PlacementConstraints } from "../importers/placement-constraints.js";
import type { PlaceFault } from "../place/index.js";
import type { PlaceExpertsOptions } from "./options.js";

/** The fault with fields of the constraints' file replaced by the options that stand for them. */
export function asTyped(
  fault: PlaceFault,
  options: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
): PlaceFault {
  return {
    ...fault,
    place: placeOf(fault.place, options, constraints),
    hint: hintOf(fault.hint, options, constraints),
  };
}

function placeOf(
  place: string,
  { pins = [], excluded = [], gpuSlots, groupsOnNodes }: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
): string {
  const [, field = place, index] = /^([a-z._]+)(?:\[(\d+)\])?/.exec(place) ?? [];
  const at = index === undefined ? undefined : Number(index);
  switch (field) {
    case "pinned": {
      // Those of the file come first.
      const first = constraints?.pinned.length ?? 0;
      if (at === undefined) return first === 0 ? "--pin" : place;
      const pin = pins[at - first];
      return pin === undefined ? place : `--pin ${String(pin.expert)}=${String(pin.gpu)}`;
    }
    case "gpus.excluded": {
      const first = constraints?.gpus.excluded?.length ?? 0;
      if (at === undefined) return first === 0 ? "--exclude" : place;
      const gpu = excluded[at - first];
      return at < first || gpu === undefined ? place : `--exclude ${String(gpu)}`;
    }
    case "gpus.slots":
      if (gpuSlots !== undefined) return at === undefined ? "--gpu-slots" : `--gpu-slots, GPU ${String(at)}`;
      return constraints?.gpus.slots === undefined ? "slots" : place;
    case "groups":
      return groupsOnNodes === true ? "--groups-on-nodes" : place;
    default:
      return place;
  }
}

/** Hints that tell what to write into the file. */
function hintOf(
  hint: string,
  { groupsOnNodes }: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
): string {
  const groups =
    groupsOnNodes === true
      ? hint
          .replace('State "priced" for groups:', "Leave out --groups-on-nodes:")
          .replace('state "priced" for groups', "leave out --groups-on-nodes")
      : hint;
  return constraints === undefined
    ? groups.replace('write the GPU into "excluded"', "name the GPU in --exclude")
    : groups;
}

/** What to do where slots are stated that the GPUs do not have now. */
export function otherSlotsAdvice(
  { slots, gpuSlots, excluded, constraints: file }: PlaceExpertsOptions,
  constraints: PlacementConstraints | undefined,
): string {
  const stated = [
    ...(slots === undefined ? [] : ["--slots"]),
    ...(gpuSlots === undefined ? [] : ["--gpu-slots"]),
    ...(excluded === undefined ? [] : ["--exclude"]),
  ];
  const inFile = constraints?.gpus.slots !== undefined || constraints?.gpus.excluded !== undefined;
  const all = inFile && file !== undefined ? [...stated, `slots and excluded of ${file}`] : stated;
  return `Leave out ${all.join(" and ")}, or leave out --from and place from nothing.`;
}
