// What the host of a rank has issued, as the order sees it: no memory, no kernels, only what waits for what.
import type { LaunchInstance } from "../../plan/index.js";
import type { RoundLaunch, TokenRange } from "./host.js";

/** One end of a message of a transfer launch. */
export interface Endpoint {
  /** World rank at the other end. */
  readonly peer: number;
  /** Where the words lie in the memory of all ranks. */
  readonly word: number;
  readonly words: number;
}

/** What a launch does once it may; made when the host issues it, since sizes are fixed then. */
export type Effect =
  | { readonly kind: "compute"; run(): Promise<void> | undefined }
  | {
      readonly kind: "transfer";
      /** Communicator instance: operations of one run one after the other, in issue order, on each rank. */
      readonly communicator: string;
      readonly sends: readonly Endpoint[];
      readonly receives: readonly Endpoint[];
      /** Called when the rank takes part, before anything arrives. */
      start(): void;
    };

export interface Task {
  readonly rank: number;
  readonly instance: LaunchInstance;
  /** Whether it is made again in a round: then it is no entry of the rank's program. */
  readonly inRound: boolean;
  readonly stream: string;
  readonly effect: Effect;
  /** Earlier tasks that events made it wait for. */
  readonly waits: readonly Task[];
  /** Of these, how many are not done. */
  pendingWaits: number;
  /** For transfers: how many operations the rank issued on the communicator before. */
  readonly position: number;
  /** Called when it is done. */
  readonly followers: (() => void)[];
  offered: boolean;
  started: boolean;
  done: boolean;
  /** Messages of a started transfer that have not been copied. */
  pendingMessages: number;
}

/** A host that reads counts; `tokens` in a round. */
export interface HostRead {
  readonly rank: number;
  readonly instance: LaunchInstance;
  readonly tokens?: TokenRange;
}

/** What the order asks of whoever executes. */
export interface Executor {
  /** The host of `rank` issues a compute or transfer launch; `tokens` in a round. */
  issue(rank: number, instance: LaunchInstance, tokens?: TokenRange): Effect;
  /** What an entry of kind `rounds` makes; undefined where its exchange stays within its bound. */
  rounds(rank: number, instance: LaunchInstance): readonly RoundLaunch[] | undefined;
  /** Hosts read counts, all their waits being done. */
  readCounts(reads: readonly HostRead[]): Promise<void>;
  /** A message travels, in a round or not. Both ends have as many words. */
  copy(send: Endpoint, receive: Endpoint, inRound: boolean): void;
}

/** The host program of a rank. */
export interface RankProgram {
  readonly instances: readonly LaunchInstance[];
  readonly streams: readonly string[];
}
