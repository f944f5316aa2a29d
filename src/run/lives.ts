// Poisons a buffer whenever a new value is about to be built in it, so that a stale read or an overlapping live buffer
// shows. Lives are told apart in issue order: one begins with a write that does not follow a write.
import {
  evaluate,
  extend,
  slotsOf,
  type LaunchInstance,
  type Operand,
  type PlanIndex,
} from "../plan/index.js";

/** One value of a buffer instance. */
export interface Life {
  /** Word and words of the instance within a rank. */
  readonly word: number;
  readonly words: number;
  poisoned: boolean;
}

interface Track {
  life: Life;
  lastWasWrite: boolean;
  /** Launch, layer and micro-batch that began the life: pieces of one node continue it even where reads stand between. */
  producer: string;
}

export class Lives {
  readonly #index: PlanIndex;
  /** [rank], by buffer and instance. */
  readonly #tracks: ReadonlyMap<string, Track>[];

  constructor(index: PlanIndex) {
    this.#index = index;
    this.#tracks = Array.from({ length: index.plan.world }, () => new Map<string, Track>());
  }

  /** Notes what a launch will access; gives the lives that it takes part in writing. */
  issue(rank: number, instance: LaunchInstance): Life[] {
    const { launch, layer, microBatch } = instance;
    const tracks = this.#tracks[rank] as Map<string, Track>;
    // What chunks make is one value.
    const chunked = slotsOf(launch) !== undefined;
    const phase = launch.kind !== "transfer" ? "" : chunked ? "chunks" : launch.phase;
    const piece = launch.kind === "compute" ? launch.part : phase;
    const producer = `${launch.node}/${piece}/${layer}/${microBatch}`;
    const keys = launch.operands.map((operand) => this.#keyOf(operand, layer));
    const read = new Set(keys.filter((_, index) => launch.operands[index]?.access !== "write"));
    const written: Life[] = [];
    launch.operands.forEach((operand, index) => {
      const key = keys[index]!;
      let track = tracks.get(key);
      if (operand.access === "read" || !this.#isValue(operand)) {
        if (track !== undefined) track.lastWasWrite = false;
        return;
      }
      const continues =
        track !== undefined && (track.lastWasWrite || track.producer === producer || read.has(key));
      if (track === undefined || !continues) {
        const { begin, end } = this.#index.addressOf(operand, layer);
        const life = { word: begin / 4, words: (end - begin) / 4, poisoned: false };
        tracks.set(key, (track = { life, lastWasWrite: true, producer }));
      }
      track.lastWasWrite = true;
      written.push(track.life);
    });
    return written;
  }

  /** What is filled before the step is not poisoned; a state is written in part. */
  #isValue({ buffer }: Operand): boolean {
    switch (this.#index.buffer(buffer).kind) {
      case "weights":
      case "table":
      case "state":
      case "input":
        return false;
      case "output":
      case "activation":
      case "exchange":
      case "counts":
        return true;
    }
  }

  #keyOf(operand: Operand, layer: number): string {
    const instance = evaluate(operand.instance, extend(this.#index.environment, { layer }));
    return `${operand.buffer}/${instance}`;
  }
}
