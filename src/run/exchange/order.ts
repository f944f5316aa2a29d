// An order of an exchange that NCCL could show: every rank goes through the launches at its own pace, and a message moves once
// both of its ends have begun its launch. A seed picks what comes next.
import { Draws } from "../random.js";
import type { ExchangeMemory } from "./memory.js";
import type { PlannedMessage } from "./plan-memory.js";
import type { PlannedLaunch } from "./plan-work.js";

type Step =
  | { readonly kind: "begin" | "end"; readonly rank: number }
  | { readonly kind: "carry"; readonly message: PlannedMessage };

/** Where a rank is: the launch that it is in or comes to next, whether it has begun it, and messages that it waits for there. */
interface Standing {
  launch: number;
  begun: boolean;
  waits: number;
}

/** Executes all launches on a memory, and says now and then which share is done. */
export function execute(
  launches: readonly PlannedLaunch[],
  ranks: number,
  memory: ExchangeMemory,
  seed: number,
  onProgress?: (share: number) => void,
): void {
  const draws = new Draws(seed, "exchange order");
  const of = launches.map(({ messages }) => messagesByRank(messages));
  const standing: Standing[] = Array.from({ length: ranks }, () => ({ launch: 0, begun: false, waits: 0 }));
  const steps: Step[] =
    launches.length === 0 ? [] : standing.map((_, rank) => ({ kind: "begin" as const, rank }));
  const all = launches.reduce((sum, { messages }) => sum + messages.length, 2 * ranks * launches.length);
  for (let done = 0; steps.length > 0; done++) {
    if (done % STEPS_PER_REPORT === 0) onProgress?.(done / all);
    const at = draws.below(steps.length);
    const step = steps[at]!;
    const last = steps.pop()!;
    if (at < steps.length) steps[at] = last;
    if (step.kind === "carry") {
      memory.carry(step.message);
      for (const rank of [step.message.from, step.message.to])
        if (--standing[rank]!.waits === 0) steps.push({ kind: "end", rank });
      continue;
    }
    const { rank } = step;
    const here = standing[rank]!;
    const { packs, unpacks } = launches[here.launch]!;
    const work = (step.kind === "begin" ? packs : unpacks).get(rank);
    if (work !== undefined) memory.work(work);
    if (step.kind === "begin") {
      here.begun = true;
      const messages = of[here.launch]!.get(rank) ?? [];
      here.waits = messages.length;
      if (messages.length === 0) steps.push({ kind: "end", rank });
      for (const message of messages) {
        const other = standing[message.from === rank ? message.to : message.from]!;
        if (other.begun && other.launch === here.launch) steps.push({ kind: "carry", message });
      }
    } else {
      here.begun = false;
      if (++here.launch < launches.length) steps.push({ kind: "begin", rank });
    }
  }
}

const STEPS_PER_REPORT = 1024;

function messagesByRank(messages: readonly PlannedMessage[]): Map<number, PlannedMessage[]> {
  const byRank = new Map<number, PlannedMessage[]>();
  for (const message of messages)
    for (const rank of [message.from, message.to]) {
      const known = byRank.get(rank);
      if (known === undefined) byRank.set(rank, [message]);
      else known.push(message);
    }
  return byRank;
}
