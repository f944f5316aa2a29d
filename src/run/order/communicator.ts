// A communicator instance: which of a rank's operations may start, and which send meets which receive.
import { describeLaunch, ExecutionFailure, placeOf } from "../failure.js";
import type { Endpoint, Task } from "./task.js";

/** A message whose two ends have both started. */
export interface Message {
  readonly kind: "copy";
  readonly sender: Task;
  readonly receiver: Task;
  readonly send: Endpoint;
  readonly receive: Endpoint;
}

interface Posted {
  readonly task: Task;
  readonly end: Endpoint;
  /** The next between the same ranks. */
  next?: Posted;
}

/** Unmatched ends by sender and receiver. */
type Ends = Map<number, Posted>;
/** Of the two ends of a pair of ranks, at most one has unmatched ones at any time. */
interface Meetings {
  readonly sends: Ends;
  readonly receives: Ends;
}

/** More than the ranks of any world. */
const MOST_RANKS = 1 << 15;

/** Operations of a rank. What has finished is let go: its messages would fill the memory of a long run. */
interface Queue {
  issued: number;
  finished: number;
  /** By position. */
  readonly pending: Map<number, Task>;
}

export class Communicator {
  /** By world rank. */
  readonly #queues = new Map<number, Queue>();
  /** By position: the k-th operation of a rank meets the k-th of its peers. */
  readonly #meetings = new Map<number, Meetings>();

  /** Position of the next operation that `rank` issues. */
  nextPosition(rank: number): number {
    return this.#queueOf(rank).issued;
  }

  issue(task: Task): void {
    const queue = this.#queueOf(task.rank);
    queue.pending.set(queue.issued++, task);
  }

  #queueOf(rank: number): Queue {
    let queue = this.#queues.get(rank);
    if (queue === undefined) this.#queues.set(rank, (queue = { issued: 0, finished: 0, pending: new Map() }));
    return queue;
  }

  /** Whether all of the rank's earlier operations are done. */
  isTurnOf(task: Task): boolean {
    return this.#queueOf(task.rank).finished === task.position;
  }

  /** Counts a finished operation; gives the rank's next one, if it has been issued. */
  finish(task: Task): Task | undefined {
    const queue = this.#queueOf(task.rank);
    queue.pending.delete(task.position);
    queue.finished = task.position + 1;
    return queue.pending.get(queue.finished);
  }

  /** Posts the ends of a transfer that starts; gives the messages that are complete by it. */
  post(task: Task): Message[] {
    if (task.effect.kind !== "transfer") return [];
    const messages: Message[] = [];
    let meetings = this.#meetings.get(task.position);
    if (meetings === undefined)
      this.#meetings.set(task.position, (meetings = { sends: new Map(), receives: new Map() }));
    const { sends, receives } = meetings;
    for (const end of task.effect.sends) {
      const pair = task.rank * MOST_RANKS + end.peer;
      const other = takeFirst(receives, pair);
      if (other === undefined) append(sends, pair, { task, end });
      else messages.push(matched({ task, end }, other));
    }
    for (const end of task.effect.receives) {
      const pair = end.peer * MOST_RANKS + task.rank;
      const other = takeFirst(sends, pair);
      if (other === undefined) append(receives, pair, { task, end });
      else messages.push(matched(other, { task, end }));
    }
    if (sends.size === 0 && receives.size === 0) this.#meetings.delete(task.position);
    return messages;
  }

  /** The ends of a started transfer that have met no other end. */
  unmatched(task: Task): { readonly sendsTo: number[]; readonly receivesFrom: number[] } {
    const meetings = this.#meetings.get(task.position);
    const peers = (ends: Ends | undefined) =>
      [...(ends?.values() ?? [])]
        .flatMap(chained)
        .flatMap((each) => (each.task === task ? each.end.peer : []));
    return { sendsTo: peers(meetings?.sends), receivesFrom: peers(meetings?.receives) };
  }
}

/** An end and those that wait behind it. */
const chained = (first: Posted): Posted[] => [
  first,
  ...(first.next === undefined ? [] : chained(first.next)),
];

function append(ends: Ends, pair: number, posted: Posted): void {
  let last = ends.get(pair);
  if (last === undefined) {
    ends.set(pair, posted);
    return;
  }
  while (last.next !== undefined) last = last.next;
  last.next = posted;
}

function takeFirst(ends: Ends, pair: number): Posted | undefined {
  const first = ends.get(pair);
  if (first?.next !== undefined) ends.set(pair, first.next);
  else if (first !== undefined) ends.delete(pair);
  return first;
}

function matched(sent: Posted, received: Posted): Message {
  const message: Message = {
    kind: "copy",
    sender: sent.task,
    receiver: received.task,
    send: sent.end,
    receive: received.end,
  };
  if (sent.end.words === received.end.words) return message;
  throw new ExecutionFailure({
    kind: "size_mismatch",
    ...placeOf(received.task.rank, received.task.instance),
    message:
      `${describeLaunch(sent.task.rank, sent.task.instance)} sends ${4 * sent.end.words} bytes to rank ` +
      `${received.task.rank}, where ${describeLaunch(received.task.rank, received.task.instance)} ` +
      `expects ${4 * received.end.words}`,
  });
}
