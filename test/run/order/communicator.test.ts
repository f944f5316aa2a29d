import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Communicator } from "../../../src/run/order/communicator.js";
import type { Task } from "../../../src/run/order/task.js";

/** What the engine makes of a transfer of one rank that sends to itself. */
function transferTo(communicator: Communicator, rank: number): Task {
  const end = { peer: rank, word: 0, words: 1 };
  const task: Task = {
    ...{ rank, inRound: false, stream: "comm", waits: [], pendingWaits: 0, followers: [] },
    ...{ offered: false, started: false, done: false, pendingMessages: 0 },
    instance: undefined as never,
    effect: { kind: "transfer", communicator: "g", sends: [end], receives: [end], start: () => {} },
    position: communicator.nextPosition(rank),
  };
  communicator.issue(task);
  return task;
}

describe("a communicator", () => {
  it("starts the operations of a rank one behind the other", () => {
    const communicator = new Communicator();
    const [first, second] = [transferTo(communicator, 3), transferTo(communicator, 3)];
    expect([first, second].map((each) => communicator.isTurnOf(each))).toEqual([true, false]);
    expect(communicator.post(first)).toHaveLength(1);
    expect(communicator.finish(first)).toBe(second);
    expect(communicator.isTurnOf(second)).toBe(true);
    expect(communicator.finish(second)).toBeUndefined();
  });

  it("lets go of what has finished: the messages of a long run would fill the memory", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const communicator = new Communicator();
    const finished = Array.from({ length: 8 }, () => {
      const task = transferTo(communicator, 0);
      communicator.post(task);
      communicator.finish(task);
      return new WeakRef(task);
    });
    // A WeakRef holds its target until the turn ends.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    expect(finished.filter((each) => each.deref() !== undefined)).toEqual([]);
    expect(communicator.nextPosition(0)).toBe(8);
  });
});
