// An exchange plan at known counts as moves of chunks between buffers: the static form that formats without counts execute.
//
// Every rank has an input, an output and a scratch. The input holds what the rank has for each other, by receiving rank; the
// output what it gets, by sending rank. What a rank holds for others lies in its scratch, in the order of the hop that crosses
// nodes, so that this one moves few long ranges.
import { forEachPiece, rowsOfPiece, type ExchangePlan, type Piece } from "../../exchange-plan/index.js";
import type { Chunks } from "./chunks.js";

export type Buffer = "i" | "o" | "s";

/** Chunks that lie together at both ends. */
export interface Range {
  readonly from: Buffer;
  readonly fromIndex: number;
  readonly to: Buffer;
  readonly toIndex: number;
  readonly chunks: number;
}

/** What one rank sends another in one launch; `from` and `to` are equal where a rank keeps rows of its own. */
interface Message {
  readonly launch: number;
  readonly from: number;
  readonly to: number;
  readonly ranges: Range[];
}

export interface Moves {
  /** By launch, sender and receiver. Launches are numbered as they run, without those that move nothing. */
  readonly messages: Message[];
  readonly launches: number;
  /** [rank] chunks of each buffer. */
  readonly input: number[];
  readonly output: number[];
  readonly scratch: number[];
}

/** Chunks on their way from `origin` to `target`; of a combine the reverse of a dispatch's. */
interface Journey {
  readonly origin: number;
  readonly target: number;
  readonly first: number;
  readonly chunks: number;
  /** Ranks that they pass, both ends included, and the launch of each hop between them. */
  stops: number[];
  launches: number[];
  /** [stop] where they lie there. */
  places: { buffer: Buffer; index: number }[];
}

/** Moves of a plan without copies. */
export function movesOf(plan: ExchangePlan, { ofPair }: Chunks): Moves {
  const { ranks } = plan;
  const journeys = journeysOf(plan, ofPair);
  const combined = plan.direction === "combine";
  const between = (origin: number, target: number): number =>
    combined ? ofPair[target * ranks + origin]! : ofPair[origin * ranks + target]!;
  const inputBegins = beginsOf(ranks, between);
  const outputBegins = beginsOf(ranks, (target, origin) => between(origin, target));
  for (const journey of journeys) {
    const { origin, target, first, stops, places } = journey;
    places[0] = { buffer: "i", index: inputBegins[origin]![target]! + first };
    places[stops.length - 1] = { buffer: "o", index: outputBegins[target]![origin]! + first };
  }
  const scratch = placeInScratch(plan, journeys);
  const messages = messagesOf(ranks, journeys);
  const used = [...new Set(messages.map(({ launch }) => launch))].sort((one, other) => one - other);
  const order = new Map(used.map((launch, at) => [launch, at]));
  return {
    messages: messages.map((message) => ({ ...message, launch: order.get(message.launch)! })),
    launches: used.length,
    input: inputBegins.map((begins) => begins[ranks]!),
    output: outputBegins.map((begins) => begins[ranks]!),
    scratch,
  };
}

/** [rank][other] where the chunks with another begin; one more for the end. */
function beginsOf(ranks: number, chunks: (rank: number, other: number) => number): number[][] {
  return Array.from({ length: ranks }, (_, rank) => {
    const begins = [0];
    for (let other = 0; other < ranks; other++) begins.push(begins[other]! + chunks(rank, other));
    return begins;
  });
}

function journeysOf(plan: ExchangePlan, ofPair: Float64Array): Journey[] {
  const { ranks } = plan;
  const counts = {
    rows: (source: number, destination: number): number => ofPair[source * ranks + destination]!,
    copies: (): number => 0,
    rowsOfCopies: (): number => 0,
  };
  const combined = plan.direction === "combine";
  // Parts of a pair are told apart by where they begin.
  const parts = new Map<number, { piece: Piece; chunks: number; first: number; hops: Piece[] }>();
  forEachPiece({ ...plan, copies: false }, (piece) => {
    const [first, end] = rowsOfPiece({ ...plan, copies: false }, piece, counts);
    if (first === end) return;
    const key = (piece.source * ranks + piece.destination) * 2 ** 24 + first;
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { piece, chunks: end - first, first, hops: [piece] });
    else part.hops.push(piece);
  });
  return [...parts.values()].map(({ piece: { source, destination }, chunks, first, hops }) => {
    // A hop from a rank to itself moves nothing, but where it is the only one: from the rank's input to its output.
    const moving = hops.filter(({ from, to }) => from !== to);
    const made = moving.length === 0 ? hops.slice(0, 1) : moving;
    const stops = [made[0]!.from, ...made.map(({ to }) => to)];
    const launches = made.map(({ launch }) => launch);
    if (!combined) return { origin: source, target: destination, first, chunks, stops, launches, places: [] };
    return {
      origin: destination,
      target: source,
      first,
      chunks,
      stops: stops.reverse(),
      launches: launches.reverse().map((launch) => plan.launches.length - 1 - launch),
      places: [],
    };
  });
}

/** What a rank copies within itself. */
export const ownRanges = (messages: readonly Message[], rank: number): Range[] =>
  messages.filter(({ from, to }) => from === rank && to === rank).flatMap(({ ranges }) => ranges);

/** Gives what is held for others its places; returns [rank] chunks held. */
function placeInScratch({ ranks, ranks_per_node: size }: ExchangePlan, journeys: Journey[]): number[] {
  interface Held {
    readonly journey: Journey;
    readonly stop: number;
    readonly key: readonly number[];
  }
  const held = Array.from({ length: ranks }, (): Held[] => []);
  for (const journey of journeys) {
    const { origin, target, first, stops, launches } = journey;
    for (let stop = 1; stop + 1 < stops.length; stop++) {
      const [before, here, after] = [stops[stop - 1]!, stops[stop]!, stops[stop + 1]!];
      const leaves = Math.floor(here / size) !== Math.floor(after / size);
      const hop = leaves ? [0, launches[stop]!, after] : [1, launches[stop - 1]!, before];
      held[here]!.push({ journey, stop, key: [...hop, target, origin, first] });
    }
  }
  return held.map((all) => {
    all.sort((one, other) => compare(one.key, other.key));
    let index = 0;
    for (const { journey, stop } of all) {
      journey.places[stop] = { buffer: "s", index };
      index += journey.chunks;
    }
    return index;
  });
}

function messagesOf(ranks: number, journeys: readonly Journey[]): Message[] {
  const messages = new Map<number, Message>();
  for (const { stops, launches, places, chunks } of journeys)
    launches.forEach((launch, hop) => {
      const [from, to] = [stops[hop]!, stops[hop + 1] ?? stops[hop]!];
      const key = (launch * ranks + from) * ranks + to;
      const message = messages.get(key) ?? { launch, from, to, ranges: [] };
      messages.set(key, message);
      const [source, destination] = [places[hop]!, places[hop + 1]!];
      message.ranges.push({
        from: source.buffer,
        fromIndex: source.index,
        to: destination.buffer,
        toIndex: destination.index,
        chunks,
      });
    });
  return [...messages.entries()]
    .sort(([one], [other]) => one - other)
    .map(([, message]) => ({ ...message, ranges: joined(message.ranges) }));
}

/** Ranges in the order in which they lie at the sender, those that touch at both ends as one. */
function joined(ranges: Range[]): Range[] {
  ranges.sort((one, other) =>
    one.from === other.from ? one.fromIndex - other.fromIndex : one.from < other.from ? -1 : 1,
  );
  const whole: Range[] = [];
  for (const range of ranges) {
    const last = whole.at(-1);
    if (
      last?.from === range.from &&
      last.to === range.to &&
      last.fromIndex + last.chunks === range.fromIndex &&
      last.toIndex + last.chunks === range.toIndex
    )
      whole[whole.length - 1] = { ...last, chunks: last.chunks + range.chunks };
    else whole.push(range);
  }
  return whole;
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return one[at]! - other[at]!;
  return 0;
}
