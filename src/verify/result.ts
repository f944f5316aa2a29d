// What a verification gives: for each property whether it holds, what was checked, and a shortest story where it fails.
import type { Span } from "../plan/index.js";

/** Properties in the order in which they are proved. Without the first, nothing can be said about the rest. */
export const propertyNames = [
  "wellformed",
  "delivery",
  "progress",
  "races",
  "memory",
  "limits",
  "faithfulness",
] as const;
export type PropertyName = (typeof propertyNames)[number];

/** A launch that a counterexample speaks of. */
export interface StoryLaunch {
  readonly role: string;
  /** A rank that issues it; others of the role do the same. */
  readonly rank: number;
  readonly cell: string;
  readonly layer: number;
  readonly micro_batch: number;
  readonly launch: string;
  readonly node: string;
  /** Absent for the host. */
  readonly stream?: string;
}

export interface Counterexample {
  /** The shortest story, one event a line: launches, ranks, bytes, waits, in order. */
  readonly story: readonly string[];
  /** The source of each launch of the story, or of what else is at fault. */
  readonly spans: readonly Span[];
  readonly launches: readonly StoryLaunch[];
}

/** What a property's check says. It holds exactly where there is no counterexample. */
export interface Verdict {
  /** What was checked, in numbers. */
  readonly checked: string;
  /** What the proof takes for granted. */
  readonly assumptions: readonly string[];
  readonly counterexample?: Counterexample;
}

export interface PropertyResult extends Verdict {
  readonly name: PropertyName;
  readonly ok: boolean;
}

export interface VerifyResult {
  readonly ok: boolean;
  readonly properties: readonly PropertyResult[];
}

/** A number as people read it: 1,024. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `3 waits`, `1 wait`. */
export function count(value: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(value)} ${value === 1 ? singular : plural}`;
}
