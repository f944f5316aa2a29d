// Says what everybody waits for when nothing can go on.
import { describeLaunch } from "../failure.js";
import type { Communicator } from "./communicator.js";
import type { HostPosition } from "./host.js";
import type { Task } from "./task.js";

export interface HostState extends HostPosition {
  readonly rank: number;
  /** What it waits for before it goes on. */
  blockedBy: readonly Task[];
}

/** One line for the host and one for each stream of a rank that has work left. */
export function whatWaits(
  host: HostState,
  queues: ReadonlyMap<string, readonly Task[]>,
  communicators: ReadonlyMap<string, Communicator>,
): string[] {
  const next = host.instances[host.next];
  const lines =
    next === undefined
      ? []
      : [
          `the host of rank ${host.rank} waits at ${describeLaunch(host.rank, next)} for ${list(host.blockedBy)}`,
        ];
  for (const [stream, queue] of queues) {
    const head = queue[0];
    if (head !== undefined)
      lines.push(`stream ${stream} of rank ${host.rank} waits: ${whyNot(head, communicators)}`);
  }
  return lines;
}

function whyNot(task: Task, communicators: ReadonlyMap<string, Communicator>): string {
  const name = describeLaunch(task.rank, task.instance);
  const pending = task.waits.filter((each) => !each.done);
  if (pending.length > 0) return `${name} waits for ${list(pending)}`;
  if (task.effect.kind === "compute") return `${name} has not run`;
  if (!task.started) return `${name} waits for an earlier operation of its communicator`;
  const open = communicators.get(task.effect.communicator)?.unmatched(task);
  const ends = [
    ...(open?.sendsTo ?? []).map((peer) => `for rank ${peer} to receive`),
    ...(open?.receivesFrom ?? []).map((peer) => `for rank ${peer} to send`),
  ];
  return `${name} waits ${ends.length === 0 ? "for its messages" : ends.join(", ")}`;
}

const list = (tasks: readonly Task[]): string =>
  tasks.map((each) => describeLaunch(each.rank, each.instance)).join(", ");
