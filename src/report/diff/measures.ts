// The quantities of a plan that are compared, as data: what limits may name, how each is shown, and which direction is better.

export type Unit = "time" | "bytes" | "rate" | "ratio" | "count" | "share";

export interface Measure {
  /** Times are in microseconds. */
  readonly unit: Unit;
  /** Null where neither is: what is computed may simply be something else. */
  readonly better: "less" | "more" | null;
  /** For people. */
  readonly label: string;
}

export const measures = {
  step_time: { unit: "time", better: "less", label: "step time" },
  tokens_per_second: { unit: "rate", better: "more", label: "tokens/s" },
  exposed_communication: { unit: "time", better: "less", label: "exposed communication" },
  communication: { unit: "time", better: "less", label: "communication" },
  compute: { unit: "time", better: "less", label: "compute" },
  host_wait: { unit: "time", better: "less", label: "host waits" },
  lower_bound: { unit: "time", better: null, label: "lower bound" },
  memory: { unit: "bytes", better: "less", label: "peak memory" },
  intra_node_bytes: { unit: "bytes", better: "less", label: "a GPU sends within its node" },
  inter_node_bytes: { unit: "bytes", better: "less", label: "a GPU sends across nodes" },
  messages: { unit: "count", better: "less", label: "messages that a GPU sends" },
  balance: { unit: "ratio", better: "less", label: "most loaded rank / mean" },
  dropped: { unit: "share", better: "less", label: "dropped (token, expert) pairs" },
  launches_per_layer: { unit: "count", better: "less", label: "launches for a layer" },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof measures;

export const measureNames = Object.keys(measures) as readonly MeasureName[];

export const isMeasure = (name: string): name is MeasureName => Object.hasOwn(measures, name);

/** Null where a plan has no such quantity: without exchanges there is no balance. */
export type Measured = Readonly<Record<MeasureName, number | null>>;
