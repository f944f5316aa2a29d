// What the host of a rank does next: its program entry by entry, and where an exchange goes on in rounds, their launches
// one after the other. Knows nothing of when it may.
import type { LaunchInstance } from "../../plan/index.js";

/** Tokens [begin, end) of a rank, in a round. */
export interface TokenRange {
  readonly begin: number;
  readonly end: number;
}

/** A launch that is made again for some tokens. */
export interface RoundLaunch {
  readonly instance: LaunchInstance;
  readonly tokens: TokenRange;
}

/** `enter` and `leave`: before and behind the rounds of an entry of kind `rounds`. */
export type HostStep =
  | { readonly kind: "issue" | "read"; readonly instance: LaunchInstance; readonly tokens?: TokenRange }
  | { readonly kind: "enter" | "leave"; readonly instance: LaunchInstance };

/** Where a host stands. */
export interface HostPosition {
  readonly instances: readonly LaunchInstance[];
  /** Index of what the host does next, or whose rounds it is in. */
  next: number;
  /** The rounds that it is in. */
  rounds: readonly RoundLaunch[] | undefined;
  /** How many of their launches it has issued. */
  issuedInRounds: number;
}

/** What the host does next; undefined at its end. */
export function stepOf({ instances, next, rounds, issuedInRounds }: HostPosition): HostStep | undefined {
  const instance = instances[next];
  if (instance === undefined) return undefined;
  if (rounds === undefined)
    return instance.launch.kind === "rounds" ? { kind: "enter", instance } : stepFor({ instance });
  const launch = rounds[issuedInRounds];
  return launch === undefined ? { kind: "leave", instance } : stepFor(launch);
}

const stepFor = (launch: { instance: LaunchInstance; tokens?: TokenRange }): HostStep => ({
  kind: launch.instance.launch.kind === "read_counts" ? "read" : "issue",
  ...launch,
});

/** Goes on behind a step; `rounds` are those that an entry begins. */
export function advance(position: HostPosition, step: HostStep, rounds?: readonly RoundLaunch[]): void {
  if (step.kind === "enter" && rounds !== undefined) {
    position.rounds = rounds;
    position.issuedInRounds = 0;
  } else if (position.rounds !== undefined && step.kind !== "leave") position.issuedInRounds++;
  else {
    position.rounds = undefined;
    position.next++;
  }
}
