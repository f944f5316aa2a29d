// What to say about a statement that stands in the wrong body.
import type { BodyKind } from "./statements.js";

const PLACES: Readonly<Record<BodyKind, string>> = {
  file: "outside all declarations",
  model: "in a model",
  block: "in a block",
  cluster: "in a cluster",
  schedule: "in a schedule",
};

const HOMES: Readonly<Record<string, string>> = {
  import: "Imports stand outside all declarations, on a line of their own.",
  model: "A model stands outside all other declarations.",
  cluster: "A cluster stands outside all other declarations.",
  schedule: "A schedule stands outside all other declarations.",
  op: "An op stands in a model or outside all declarations.",
  block: "A block stands in a model.",
  return: "Only a block returns a value.",
  gpu: "A gpu stands in a cluster.",
  tier: "A tier stands in a cluster.",
  require: "A require stands in a schedule.",
  profile: "A profile stands in a schedule.",
};

const CONTENTS: Readonly<Record<BodyKind, string>> = {
  file: "A file holds imports, models, clusters, schedules and ops; parameters stand in the body of their model.",
  model: "A model holds parameters, blocks, ops and its layers.",
  block: 'A block holds "name = value" and "return value".',
  cluster: "A cluster holds one gpu and its tiers; its parameters stand in ( ) behind its name.",
  schedule: "A schedule holds settings, requires and profiles.",
};

export function placeName(body: BodyKind): string {
  return PLACES[body];
}

/** Where the statement that begins with this word belongs; for a binding, what the body holds instead. */
export function adviceForMisplaced(word: string, body: BodyKind): string {
  return HOMES[word] ?? CONTENTS[body];
}
