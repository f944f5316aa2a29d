// Exchange plans as execution traces of Chakra: one file a rank, of sends and receives that wait for each other as the plan says.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import type { EmittedExchange, ExchangeRefusal } from "../emitted.js";
import { printExecutionTrace, type TransferNode } from "./format.js";
import { messagesOf, type Message } from "./messages.js";

/** Every message is listed at both of its ends. */
const MAX_RANKS = 512;
const MAX_INT32 = 2 ** 31 - 1;
/** Edges of all files together; a group waits for all of the one before. */
const MAX_DEPENDENCIES = 2e7;

export function emitChakra(plan: ExchangePlan): EmittedExchange {
  const tooLarge = refusalOf(plan);
  if (tooLarge !== undefined) return { refused: tooLarge };
  const messages = messagesOf(plan);
  const largest = messages.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  if (!Number.isSafeInteger(largest))
    return {
      refused: {
        limit: "messages of 2^53 - 1 bytes",
        reason: `One has ${largest}, and comm_size would not be exact.`,
        hint: "Exchange fewer tokens at once.",
      },
    };
  const byRank = Array.from({ length: plan.ranks }, (): Message[] => []);
  for (const message of messages) {
    byRank[message.from]!.push(message);
    byRank[message.to]!.push(message);
  }
  const nodes = byRank.map((own, rank) => nodesOf(rank, own, plan));
  const edges = nodes.flat().reduce((sum, { ctrlDeps }) => sum + ctrlDeps.length, 0);
  if (edges > MAX_DEPENDENCIES)
    return {
      refused: {
        limit: `${MAX_DEPENDENCIES} dependencies`,
        reason: `The plan has ${edges}: each operation of a launch waits for all of the launch before.`,
        hint: "Take an algorithm with fewer launches or partners (--algorithm), or fewer GPUs.",
      },
    };
  return {
    files: nodes.map((own, rank) => ({ path: `${rank}.et`, bytes: printExecutionTrace(own) })),
    notes: [
      "Each rank has one file of COMM_SEND and COMM_RECV nodes; a send and its receive agree in comm_src, comm_dst, comm_tag and comm_size, and no two of a pair of ranks share a tag.",
      "Dependencies for control put launches in order, those for data name the receives that a send passes on. What stays on its rank is no node.",
      `The counts are those of the plan's demand${plan.direction === "combine" ? ", given back" : ""}, means rounded up to whole rows of ${plan.row_bytes} bytes.`,
    ],
  };
}

function refusalOf({ ranks, launches }: ExchangePlan): ExchangeRefusal | undefined {
  if (ranks > MAX_RANKS)
    return {
      limit: `${MAX_RANKS} ranks`,
      reason: `The plan has ${ranks}, and its files would list what each sends each.`,
      hint: "Exchange among fewer GPUs, or emit the plan itself.",
    };
  if (launches.length > MAX_INT32)
    return {
      limit: `tags of 32 bits (${MAX_INT32})`,
      reason: `The plan has ${launches.length} launches, and a launch is a tag.`,
      hint: "Take an algorithm with fewer launches (--algorithm).",
    };
  return undefined;
}

/** A rank's sends and receives as their launches run; a node's identity is its place in the file, from 1. */
function nodesOf(rank: number, messages: readonly Message[], plan: ExchangePlan): TransferNode[] {
  const nodes: TransferNode[] = [];
  const receives = new Map<Message, number>();
  let before: readonly number[] = [];
  let current: number[] = [];
  let launch: number | undefined;
  for (const message of messages) {
    if (message.launch !== launch) {
      [before, current, launch] = [current, [], message.launch];
    }
    const id = nodes.length + 1;
    const sends = message.from === rank;
    if (!sends) receives.set(message, id);
    const { name } =
      plan.launches[plan.direction === "combine" ? plan.launches.length - 1 - launch : launch]!;
    nodes.push({
      id,
      name: `${name}.${sends ? "send" : "receive"}.${sends ? message.to : message.from}`,
      type: sends ? "send" : "receive",
      ctrlDeps: before,
      // Of an earlier launch, so already numbered.
      dataDeps: sends
        ? [...message.after].map((each) => receives.get(each)!).sort((one, other) => one - other)
        : [],
      bytes: message.bytes,
      from: message.from,
      to: message.to,
      tag: launch,
    });
    current.push(id);
  }
  return nodes;
}
