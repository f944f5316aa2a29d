// How counterexamples speak of launches, and how one is put together.
import { isOnHost, type LaunchInstance, type Role, type Span } from "../plan/index.js";
import type { Access } from "./facts.js";
import { grouped, type Counterexample, type StoryLaunch } from "./result.js";

/** `pack` (dispatch `d`) of layer 3, micro-batch 0. */
export function named({ launch, layer, microBatch }: LaunchInstance): string {
  const what =
    launch.kind === "compute"
      ? launch.part
      : launch.kind === "transfer"
        ? launch.phase
        : launch.kind === "rounds"
          ? "rounds"
          : "counts";
  return `\`${launch.id}\` (${launch.node}: ${what}) of layer ${layer}, micro-batch ${microBatch}`;
}

/** Where a launch runs. */
export function place({ launch }: LaunchInstance): string {
  return isOnHost(launch) ? "the host" : `stream \`${launch.stream}\``;
}

/** The bytes of an access. */
export function bytesOf({ buffer, instance, begin, end }: Access): string {
  return `\`${buffer.name}\`[${instance}], bytes ${grouped(begin)} to ${grouped(end)}`;
}

/** A counterexample about launches of a role. */
export function aboutLaunches(
  role: Role,
  story: readonly string[],
  ...occurrences: readonly LaunchInstance[]
): Counterexample {
  return {
    story,
    spans: occurrences.map(({ launch }) => launch.span),
    launches: occurrences.map((each) => storyLaunch(role, role.ranks[0] ?? 0, each)),
  };
}

/** A counterexample that no single launch is to blame for. */
export function aboutPlan(story: readonly string[], ...spans: readonly Span[]): Counterexample {
  return { story, spans, launches: [] };
}

export function storyLaunch(
  role: Role,
  rank: number,
  { launch, cell, layer, microBatch }: LaunchInstance,
): StoryLaunch {
  const base = {
    role: role.name,
    rank,
    cell: cell.name,
    layer,
    micro_batch: microBatch,
    launch: launch.id,
    node: launch.node,
  };
  return isOnHost(launch) ? base : { ...base, stream: launch.stream };
}
