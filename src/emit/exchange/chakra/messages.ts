// The messages of an exchange at its demand, each with those that bring what it carries.
import type { ExchangePlan, Piece } from "../../../exchange-plan/index.js";
import { forEachTransfer } from "../transfers.js";

/** What one rank sends another in one launch. */
export interface Message {
  readonly launch: number;
  readonly from: number;
  readonly to: number;
  bytes: number;
  /** Messages that must have arrived at `from` before. */
  readonly after: Set<Message>;
}

/** By launch, sender and receiver. */
export function messagesOf(plan: ExchangePlan): Message[] {
  const { ranks } = plan;
  const messages = new Map<number, Message>();
  const arrivals = new Arrivals(plan);
  forEachTransfer(plan, ({ launch, from, to, bytes }, piece) => {
    const key = (launch * ranks + from) * ranks + to;
    let message = messages.get(key);
    if (message === undefined) {
      message = { launch, from, to, bytes: 0, after: new Set() };
      messages.set(key, message);
    }
    message.bytes += bytes;
    const before = arrivals.before(piece);
    // A combine goes the same hops backwards.
    if (before !== undefined)
      if (plan.direction === "combine") before.after.add(message);
      else message.after.add(before);
    arrivals.set(piece, message);
  });
  return [...messages.entries()].sort(([one], [other]) => one - other).map(([, message]) => message);
}

/** Which message moved a part last. Shares of a pair are disjoint, so where it begins tells a part from others. */
class Arrivals {
  private readonly of = new Map<number, Map<number, Message>>();

  constructor(private readonly plan: ExchangePlan) {}

  /** The hop before, which was visited before; of rows that were a copy's until now, the copy's. */
  before({ carries, source, destination, begin, hop }: Piece): Message | undefined {
    if (hop === 0) return undefined;
    const node = Math.floor(destination / this.plan.ranks_per_node);
    const own = this.of.get(this.pair(carries, source, destination))?.get(begin);
    if (own !== undefined || carries === "copies" || !this.plan.copies) return own;
    return this.of.get(this.pair("copies", source, node))?.get(begin);
  }

  set({ carries, source, destination, begin }: Piece, message: Message): void {
    const pair = this.pair(carries, source, destination);
    const known = this.of.get(pair);
    if (known === undefined) this.of.set(pair, new Map([[begin, message]]));
    else known.set(begin, message);
  }

  private pair(carries: Piece["carries"], source: number, destination: number): number {
    const { ranks } = this.plan;
    return (carries === "copies" ? ranks + source : source) * ranks + destination;
  }
}
