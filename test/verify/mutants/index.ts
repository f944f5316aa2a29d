// Every kind of damage that the verifier is tried with.
import { chunkKinds } from "./chunks.js";
import { launchKinds } from "./launches.js";
import { memoryKinds } from "./memory.js";
import { modelKinds } from "./model.js";
import type { MutantKind } from "./mutant.js";
import { operandKinds } from "./operands.js";
import { orderKinds } from "./order.js";
import { phaseKinds } from "./phases.js";
import { policyKinds } from "./policies.js";
import { rankKinds } from "./ranks.js";
import { roundKinds } from "./rounds.js";
import { stepKinds } from "./steps.js";
import { tableKinds } from "./tables.js";
import { timelineKinds } from "./timelines.js";

export const mutantKinds: readonly MutantKind[] = [
  ...orderKinds,
  ...launchKinds,
  ...operandKinds,
  ...timelineKinds,
  ...stepKinds,
  ...phaseKinds,
  ...policyKinds,
  ...tableKinds,
  ...memoryKinds,
  ...modelKinds,
  ...rankKinds,
  ...roundKinds,
  ...chunkKinds,
];

export type { Mutant, MutantKind } from "./mutant.js";
