// A communicator instance: which of a rank's operations may start, and which send meets which receive.
import { describeLaunch, ExecutionFailure, placeOf } from "../failure.js";
import type { Endpoint, Task } from "./task.js";

/** A message whose two ends have both started. */
export interface Message {
  readonly sender: Task;
  readonly receiver: Task;
  readonly send: Endpoint;
  readonly receive: Endpoint;
}

interface Posted {
  readonly task: Task;
  readonly end: Endpoint;
}

/** Unmatched ends between a pair of ranks; at any time one of the two lists is empty. */
interface Meeting {
  readonly sends: Posted[];
  readonly receives: Posted[];
}

export class Communicator {
  /** Operations by world rank, in issue order. */
  readonly #operations = new Map<number, Task[]>();
  readonly #finished = new Map<number, number>();
  readonly #meetings = new Map<string, Meeting>();

  /** Position of the next operation that `rank` issues. */
  nextPosition(rank: number): number {
    return this.#operations.get(rank)?.length ?? 0;
  }

  issue(task: Task): void {
    const operations = this.#operations.get(task.rank);
    if (operations === undefined) this.#operations.set(task.rank, [task]);
    else operations.push(task);
  }

  /** Whether all of the rank's earlier operations are done. */
  isTurnOf(task: Task): boolean {
    return (this.#finished.get(task.rank) ?? 0) === task.position;
  }

  /** Counts a finished operation; gives the rank's next one, if it has been issued. */
  finish(task: Task): Task | undefined {
    this.#finished.set(task.rank, task.position + 1);
    return this.#operations.get(task.rank)?.[task.position + 1];
  }

  /** Posts the ends of a transfer that starts; gives the messages that are complete by it. */
  post(task: Task): Message[] {
    if (task.effect.kind !== "transfer") return [];
    const messages: Message[] = [];
    for (const end of task.effect.sends) {
      const meeting = this.#meeting(task.position, task.rank, end.peer);
      const other = meeting.receives.shift();
      if (other === undefined) meeting.sends.push({ task, end });
      else messages.push(matched({ task, end }, other));
    }
    for (const end of task.effect.receives) {
      const meeting = this.#meeting(task.position, end.peer, task.rank);
      const other = meeting.sends.shift();
      if (other === undefined) meeting.receives.push({ task, end });
      else messages.push(matched(other, { task, end }));
    }
    return messages;
  }

  /** The ends of a started transfer that have met no other end. */
  unmatched(task: Task): { readonly sendsTo: number[]; readonly receivesFrom: number[] } {
    const ofTask = (posted: readonly Posted[]) =>
      posted.filter((each) => each.task === task).map((each) => each.end.peer);
    const meetings = [...this.#meetings.values()];
    return {
      sendsTo: meetings.flatMap((each) => ofTask(each.sends)),
      receivesFrom: meetings.flatMap((each) => ofTask(each.receives)),
    };
  }

  /** The k-th operation of a rank meets the k-th of its peers. */
  #meeting(position: number, from: number, to: number): Meeting {
    const key = `${position}:${from}>${to}`;
    let meeting = this.#meetings.get(key);
    if (meeting === undefined) this.#meetings.set(key, (meeting = { sends: [], receives: [] }));
    return meeting;
  }
}

function matched(sent: Posted, received: Posted): Message {
  const message: Message = {
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
