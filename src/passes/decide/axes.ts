// The choices that a schedule leaves open or pins, each as an axis with its legal values, simplest first.
import type { Span } from "../../diagnostics/span.js";
import { nodeShape } from "../../plan/nodes.js";
import type { Choice, Program } from "../../check/program.js";
import {
  exchangeAlgorithms,
  passesOn,
  tailStarts,
  type Candidate,
  type ExchangeAlgorithm,
  type PlacementMethod,
  type TailStart,
} from "../candidate.js";

/** One choice. `at` gives the candidate with another value, or undefined where the rest does not allow it. */
export interface Axis {
  readonly name: string;
  readonly pinned: boolean;
  readonly span: Span;
  /** Simplest first: of equal times the first wins. */
  readonly values: readonly AxisValue[];
  /** Text of the value that a candidate has. */
  readonly valueOf: (candidate: Candidate) => string;
  /** Where the search starts, if not at the first: what mostly wins. */
  readonly start?: string;
  /** For what hides transfers: where less of the step is exposed communication, other values than the first are not tried. */
  readonly leastExposedShare?: number;
  /** Whether it is varied when the others agree: what rarely changes, and changes little for them. */
  readonly last?: boolean;
  /** An axis whose best value depends on this one's: they are varied together too. */
  readonly coupledWith?: string;
}

export interface AxisValue {
  readonly text: string;
  /** The candidate with this value and the rest as it is. */
  readonly apply: (candidate: Candidate) => Candidate;
}

/** SMs that are worth trying: NCCL rounds the channels of send and receive up to a power of two. */
const COMMUNICATOR_SMS = [4, 8, 16, 32];
const START_SMS = 16;
/** Two micro-batches suffice to hide one's transfers behind the other's compute; more only shrink the kernels. */
const MICRO_BATCHES = [1, 2];

/** Micro-batches that overlap in a cell where the user leaves it open. */
const overlapping = (microBatches: number): number => (microBatches % 2 === 0 ? 2 : 1);

/** Numbers of chunks that are worth trying: every further one makes its messages and kernels smaller. */
const CHUNKS = [1, 2, 4];
/** Chunks can gain no more of the step than is exposed without them. */
const EXPOSED_SHARE_FOR_CHUNKS = 0.02;

/**
 * The axes of a program. A model without experts has neither placement nor exchange to decide. `methods`: those of placement that keep
 * what is asked for. `mostSlots`: of experts, on the GPU with the most.
 * `topK`: experts of a token, of the gate with the most.
 */
export function axes(
  program: Program,
  hasExperts: boolean,
  methods: readonly PlacementMethod[],
  mostSlots: number,
  topK: number,
): readonly Axis[] {
  const { batch, exchange, overlap, placement } = program.schedule;
  const pinnedBatches = overlap.batches.kind === "pinned" ? overlap.batches.value : undefined;
  const counts = pinnedBatches === undefined ? MICRO_BATCHES : [pinnedBatches];
  // More micro-batches are worth their smaller kernels only where they overlap well.
  const all: Axis[] = [
    {
      ...axis(
        "micro_batches",
        batch.microBatches,
        counts.filter((each) => batch.sequences % each === 0),
        ({ microBatches }) => microBatches,
        (candidate, microBatches) => {
          const batches = pinnedBatches ?? overlapping(microBatches);
          return {
            ...candidate,
            microBatches,
            batches,
            acrossLayers: batches > 1 ? candidate.acrossLayers : undefined,
          };
        },
      ),
      start: "2",
      coupledWith: "overlap",
    },
  ];
  if (!hasExperts) return all;
  return [
    {
      ...axis<PlacementMethod>(
        "placement",
        placement.method,
        methods,
        ({ placement: method }) => method,
        (candidate, method) => ({ ...candidate, placement: method }),
      ),
      last: true,
    },
    // What crosses one tier alone wants other SMs than what crosses all of them.
    {
      ...axis(
        "exchange",
        exchange.algorithm as Choice<ExchangeAlgorithm>,
        exchangeAlgorithms.filter((each) => isPossible(program, each, topK)),
        ({ exchange: algorithm }) => algorithm,
        (candidate, algorithm) => ({
          ...candidate,
          exchange: algorithm,
          chunks: passesOn(algorithm) ? 1 : candidate.chunks,
          acrossLayers: tailFor(algorithm, candidate.acrossLayers),
        }),
      ),
      coupledWith: "communicator_sms",
    },
    {
      ...axis(
        "communicator_sms",
        overlap.sms,
        COMMUNICATOR_SMS.filter((each) => each < program.machine.gpu.sms),
        ({ sms }) => sms,
        (candidate, sms) => ({
          ...candidate,
          sms,
        }),
      ),
      start: String(START_SMS),
    },
    ...all,
    overlapAxis(overlap.batches),
    chunksAxis(program, mostSlots),
  ];
}

/** Into how many chunks an exchange is cut: only one that goes straight to the experts, and not where it may go on in rounds. */
function chunksAxis({ schedule }: Program, mostSlots: number): Axis {
  const { overlap, exchange } = schedule;
  const most = exchange.tokens.overflow === "rounds" ? 1 : mostSlots;
  return {
    ...axis(
      "chunks",
      overlap.chunks,
      CHUNKS.filter((each) => each === 1 || each <= most),
      ({ chunks }) => chunks,
      (candidate, chunks) => ({ ...candidate, chunks: passesOn(candidate.exchange) ? 1 : chunks }),
    ),
    leastExposedShare: EXPOSED_SHARE_FOR_CHUNKS,
  };
}

/**
 * Gathering at the source sends as few messages as the node-aware exchange, and every row of a token by itself: it is tried only
 * where copies would save less than this share of the rows that cross nodes, and so do not pay for the kernels that make them.
 */
const WORTH_COPYING = 0.1;

/** Share of the rows across nodes that one copy for each of them saves, where each node is as likely to have an expert of a token. */
function savedByCopies(nodes: number, topK: number): number {
  const reached = nodes * (1 - (1 - 1 / nodes) ** topK);
  return 1 - reached / topK;
}

/** Passing on needs several nodes, and numbers that routing decides. */
function isPossible({ machine, schedule }: Program, algorithm: ExchangeAlgorithm, topK: number): boolean {
  const shape = nodeShape(machine, schedule.parallel.ep);
  if (algorithm === "gather" && shape !== undefined && savedByCopies(shape.nodes, topK) >= WORTH_COPYING)
    return false;
  return (
    !passesOn(algorithm) ||
    (shape !== undefined &&
      !(schedule.overlap.chunks.kind === "pinned" && schedule.overlap.chunks.value > 1) &&
      schedule.exchange.tokens.policy === "dropless")
  );
}

/** What goes straight back has one transfer, the combine's first and last. */
const tailFor = (exchange: ExchangeAlgorithm, tail: TailStart | undefined): TailStart | undefined =>
  tail === "combine" && !passesOn(exchange) ? "return" : tail;

const overlapText = (batches: number, acrossLayers: TailStart | undefined): string =>
  `${String(batches)} micro-batch${batches === 1 ? "" : "es"} in a cell${acrossLayers === undefined ? "" : `, across layers from the ${acrossLayers}`}`;

/** How many micro-batches overlap in a cell, and whether neighbouring layers do. */
function overlapAxis(choice: Choice<number>): Axis {
  const open = choice.kind === "pinned" ? [choice.value] : [1, 2];
  const values = open.flatMap((batches) => [
    { batches, acrossLayers: undefined },
    ...(batches > 1 ? tailStarts.map((acrossLayers) => ({ batches, acrossLayers })) : []),
  ]);
  return {
    name: "overlap",
    pinned: choice.kind === "pinned",
    span: choice.span,
    start: overlapText(2, "return"),
    valueOf: ({ batches, acrossLayers }) => overlapText(batches, acrossLayers),
    values: values.map(({ batches, acrossLayers }) => ({
      text: overlapText(batches, acrossLayers),
      apply: (candidate) =>
        candidate.microBatches % batches === 0
          ? { ...candidate, batches, acrossLayers: tailFor(candidate.exchange, acrossLayers) }
          : { ...candidate, batches: 1, acrossLayers: undefined },
    })),
  };
}

function axis<T extends string | number>(
  name: string,
  choice: Choice<T>,
  open: readonly T[],
  valueOf: (candidate: Candidate) => T,
  apply: (candidate: Candidate, value: T) => Candidate,
): Axis {
  const values = choice.kind === "pinned" ? [choice.value] : open;
  return {
    name,
    pinned: choice.kind === "pinned",
    span: choice.span,
    valueOf: (candidate) => String(valueOf(candidate)),
    values: values.map((value) => ({ text: String(value), apply: (candidate) => apply(candidate, value) })),
  };
}

/** Where the search starts: what mostly wins on each axis, so that few candidates are tried on the way. */
export function startingPoint(all: readonly Axis[]): Candidate {
  const first: Candidate = {
    placement: "priced",
    exchange: "direct_by_slot",
    microBatches: 1,
    batches: 1,
    acrossLayers: undefined,
    chunks: 1,
    sms: START_SMS,
  };
  return all.reduce((candidate, { start, values }) => {
    const value = values.find(({ text }) => text === start) ?? values[0];
    return value?.apply(candidate) ?? candidate;
  }, first);
}
