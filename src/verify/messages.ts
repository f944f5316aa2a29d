// The messages of a phase: its steps on every rank of the communicator, with peers that agree about each other.
import type { Exchange, Phase } from "../plan/index.js";
import { describe, sameAtoms, type AtomReader, type Atoms } from "./atoms.js";

/** What one rank sends to one peer in one step. Ranks are indices within the communicator. */
export interface Message {
  readonly step: number;
  readonly rank: number;
  readonly to: number;
  readonly atoms: Atoms;
}

/** All messages of a phase, or the story of the first that its two ends see differently. */
export function messagesOf(
  reader: AtomReader,
  exchange: Exchange,
  phase: Phase,
): { readonly messages: readonly Message[] } | { readonly story: readonly string[] } {
  const messages: Message[] = [];
  for (const [at, step] of phase.steps.entries()) {
    const what = `step ${at} of phase \`${phase.name}\` of \`${exchange.name}\``;
    for (let rank = 0; rank < reader.ranks; rank++) {
      const to = reader.rank(step.to, rank);
      if (typeof to !== "number") return { story: [`${what}: rank ${rank} sends to no rank: ${to.problem}`] };
      const from = reader.rank(step.from, to);
      if (typeof from !== "number")
        return { story: [`${what}: rank ${to} receives from no rank: ${from.problem}`] };
      if (from !== rank)
        return {
          story: [
            `${what}: rank ${rank} sends to rank ${to}`,
            `in the same step rank ${to} receives from rank ${from}`,
            `so the message of rank ${rank} is never received`,
          ],
        };
      const sent = reader.read(step.send, rank);
      if ("problem" in sent)
        return { story: [`${what}: rank ${rank} sends no definite atoms: ${sent.problem}`] };
      const received = reader.read(step.receive, to);
      if ("problem" in received)
        return { story: [`${what}: rank ${to} receives no definite atoms: ${received.problem}`] };
      if (!sameAtoms(sent, received))
        return {
          story: [
            `${what}: rank ${rank} sends rank ${to} the atoms of ${describe(sent)}`,
            `rank ${to} expects those of ${describe(received)}`,
          ],
        };
      messages.push({ step: at, rank, to, atoms: sent });
    }
  }
  return { messages };
}
