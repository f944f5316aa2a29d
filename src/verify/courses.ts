// A layer's launches for one micro-batch, wherever in the timeline they stand: cells may hold the end of one layer and
// the beginning of the next. Layers that run the same launches are one course, checked once.
import type { Launch } from "../plan/index.js";
import type { Facts, Occurrence, RoleFacts } from "./facts.js";

export interface Course {
  readonly block: string;
  readonly layer: number;
  readonly microBatch: number;
  /** In host order. */
  readonly occurrences: readonly Occurrence[];
  readonly launches: readonly Launch[];
}

/** Every (layer, micro-batch) of a role that has launches. */
export function coursesOf({ occurrences }: RoleFacts): readonly Course[] {
  const groups = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const key = `${occurrence.layer} ${occurrence.microBatch}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [occurrence]);
    else group.push(occurrence);
  }
  return [...groups.values()].map((group) => ({
    block: group[0]!.cell.block,
    layer: group[0]!.layer,
    microBatch: group[0]!.microBatch,
    occurrences: group,
    launches: group.map((each) => each.launch),
  }));
}

/** One course of each kind, over all roles. */
export function distinctCourses(facts: Facts): readonly Course[] {
  const distinct = new Map<string, Course>();
  for (const course of facts.roles.flatMap(coursesOf)) {
    const key = JSON.stringify(course.occurrences.map(({ cell, launch }) => [cell.name, launch.id]));
    if (!distinct.has(key)) distinct.set(key, course);
  }
  return [...distinct.values()];
}

export const courseName = ({ layer, microBatch }: Course): string =>
  `layer ${layer}, micro-batch ${microBatch}`;
