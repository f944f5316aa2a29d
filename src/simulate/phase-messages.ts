// The messages of a transfer phase between the ranks of a communicator, and what they carry at any counts: whatever machine
// they cross.
import {
  evaluate,
  extend,
  type AtomLayout,
  type AtomSpace,
  type Environment,
  type Phase,
} from "../plan/index.js";
import { Memo } from "./memo.js";
import { atomRange, entriesIn, type AtomRange, type ExchangeTraffic } from "./traffic.js";

/** A message of a phase between ranks of the communicator, with what it carries; both ends equal for a local copy. */
export interface PhaseMessage {
  readonly source: number;
  readonly destination: number;
  readonly carries: AtomRange;
}

/** A phase and how to read its steps. */
export interface ReadPhase {
  readonly phase: Phase;
  /** Whether it sends copies for nodes. */
  readonly copies: AtomLayout["copies"];
  readonly space: AtomSpace;
  /** Dimensions that steps may name. */
  readonly environment: Environment;
}

export class PhaseMessages {
  /** In the order of each rank's steps. */
  readonly all: readonly PhaseMessage[];
  /** Whether they carry counts, and not rows. */
  readonly carryCounts: boolean;
  readonly #rows = new Memo<Float64Array>();
  readonly #entries = new Memo<Float64Array>();

  constructor(read: ReadPhase) {
    this.carryCounts = read.phase.carries === "counts";
    this.all = messagesOf(read);
  }

  /** What each message carries at some counts: rows or copies, or numbers of them. */
  elements(counts: ExchangeTraffic): Float64Array {
    if (this.carryCounts) return this.entries(counts.space);
    return this.#rows.of([counts], () => this.#each((carries) => counts.rowsIn(carries)));
  }

  /** How many entries each message carries. */
  entries(space: AtomSpace): Float64Array {
    return this.#entries.of([space.placement, space.ranksPerNode], () =>
      this.#each((carries) => entriesIn(carries, space)),
    );
  }

  #each(size: (carries: AtomRange) => number): Float64Array {
    return Float64Array.from(this.all, ({ carries }) => size(carries));
  }
}

function messagesOf({ phase, copies, space, environment: outer }: ReadPhase): readonly PhaseMessage[] {
  return Array.from({ length: space.ranks }, (_, rank) => rank).flatMap((source) => {
    const environment = extend(outer, { rank: source });
    return phase.steps.map((step) => ({
      source,
      destination: evaluate(step.to, environment),
      carries: atomRange(step.send, copies, space, environment),
    }));
  });
}
