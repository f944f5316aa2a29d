// How an execution finds a plan wrong. None of these is a mistake of Weft's executor or of its user's command line.
import type { LaunchInstance } from "../plan/index.js";

/**
 * `deadlock`: work is left and none of it can start. `size_mismatch`: the two ends of a transfer disagree.
 * `counts_not_read`: a size needs run-time counts that the host has not read. `over_capacity`: more rows than the
 * exchange has room for. `aborted`: the same, where the schedule declares `overflow: abort`. `non_finite`: memory was used that nobody had written, or a computation left the numbers.
 * `wrong_result`: a layer differs from its dense evaluation. `unexecuted`: something was never computed.
 * Of an emitted program: `race`: two accesses of the same bytes have no order. `misuse`: a call that CUDA or NCCL does not allow.
 * `failed`: a rank ended with an error of its own.
 */
export type FailureKind =
  | "deadlock"
  | "size_mismatch"
  | "counts_not_read"
  | "over_capacity"
  | "aborted"
  | "non_finite"
  | "wrong_result"
  | "unexecuted"
  | "race"
  | "misuse"
  | "failed";

/** Where a failure shows; fields that do not apply are absent. */
export interface FailurePlace {
  readonly rank?: number;
  readonly layer?: number;
  readonly micro_batch?: number;
  readonly node?: string;
  readonly launch?: string;
}

export interface Failure extends FailurePlace {
  readonly kind: FailureKind;
  readonly message: string;
  /** For a deadlock: what the host and each stream of each rank wait for. */
  readonly waiting?: readonly string[];
  /** Where in the emitted program: `program/cells.cu:12`. */
  readonly lines?: readonly string[];
  /** What else was found in the same run. */
  readonly others?: readonly string[];
}

/** Ends an execution with a failure. */
export class ExecutionFailure extends Error {
  override readonly name = "ExecutionFailure";

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** The place of a launch of a rank. */
export function placeOf(rank: number, { launch, layer, microBatch }: LaunchInstance): FailurePlace {
  return { rank, layer, micro_batch: microBatch, node: launch.node, launch: launch.id };
}

/** A launch of a rank as messages name it. */
export function describeLaunch(rank: number, { launch, layer, microBatch }: LaunchInstance): string {
  return `launch ${launch.id} of rank ${rank} (layer ${layer}, micro-batch ${microBatch})`;
}
