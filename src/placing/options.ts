// What placement alone is asked for, and how each of its inputs may be given: as a file, or as the data itself.
import type { MoveLimit } from "../place/rebalance/index.js";

export type Matrix = readonly (readonly number[])[];

/** A path (`-` is the standard input), or what such a file would hold. */
export type Input<T> = string | T;

/** Which loads a placement is made for, where there are several windows. */
export type WindowChoice = "mean" | "worst" | number;

/** The most of what is asked for: beyond it nothing is placed, for want of memory or of time. `effort`: times the usual search. */
export const placeLimits = { gpus: 2 ** 16, slots: 2 ** 20, effort: 1000 } as const;

export interface PlaceExpertsOptions {
  /** Tokens [layer][expert] each, or files of any format that is read; their windows follow one another. */
  readonly loads: readonly Input<Matrix>[];
  readonly gpus: number;
  readonly nodes: number;
  /** Expert slots of a layer, over all GPUs. Not needed where those of each GPU are stated. */
  readonly slots?: number | undefined;
  /** Experts of a layer, where a trace may not show all of them. */
  readonly experts?: number | undefined;
  /** Groups of neighbouring experts; 1 where absent, and no model is named. */
  readonly groups?: number | undefined;
  /** Experts of a token, and groups that they come from. */
  readonly topK?: number | undefined;
  readonly topGroups?: number | undefined;
  /** Tokens that each GPU sends through a layer; 4096 where absent. */
  readonly tokensPerGpu?: number | undefined;
  /** A file with a model and one with a cluster, of the library or not: DeepSeek-V3's shapes and H800 where absent. */
  readonly model?: string | undefined;
  readonly cluster?: string | undefined;
  /** Whether all replicas of a group's experts must be on one node. */
  readonly groupsOnNodes?: boolean | undefined;
  /** A file of constraints. */
  readonly constraints?: string | undefined;
  /** GPUs that hold no experts. */
  readonly excluded?: readonly number[] | undefined;
  /** [gpu] slots, in place of an even division of `slots`. */
  readonly gpuSlots?: readonly number[] | undefined;
  readonly pins?: readonly { readonly expert: number; readonly gpu: number }[] | undefined;
  /** A file of a co-activation matrix. */
  readonly coactivation?: string | undefined;
  readonly window?: WindowChoice | undefined;
  /** A file with the placement that serves now: experts move from there, as few or as gainful as is said. */
  readonly from?: string | undefined;
  readonly moves?: MoveLimit | undefined;
  /** Whether the replicas of an expert have equal shares of its tokens, as in systems that know no others. */
  readonly evenSplit?: boolean | undefined;
  /** Whether each layer is placed by an exact method, with what it proves: for small layers alone. */
  readonly exact?: boolean | undefined;
  /** How many times the usual steps the search takes. */
  readonly effort?: number | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}
