// Flows over links in order of time: at any moment every flow has its max-min fair rate, and events are starts and ends of flows.
//
// Flows of one path are a class and have one rate. What a flow of a class has got is counted from the moment when the class became
// busy, the same for all that were there: so a flow ends where this count reaches a number fixed at its start. Likewise all classes
// that one link holds back have that link's level as their rate, and the link counts for them. So a change of rates costs one
// number for each link, not one for each flow, and the next end is the first of a heap of links, of classes, of flows.
import { InternalError } from "../../diagnostics/internal-error.js";
import { TimeQueue } from "../queue.js";
import { EndQueue } from "./end-queue.js";
import { Filling, NO_LINK } from "./filling.js";
import { Heaps, NONE } from "./heaps.js";
import { Paths } from "./paths.js";
import { widened } from "./widen.js";

/** Ends that differ by less than this share of the time are one: sums in different order. */
const SAME_TIME = 1e-13;
const US_PER_S = 1e6;

export class FlowNetwork {
  /** Time of the last event, in microseconds. */
  now = 0;
  /** Flows that ended in the last step: the first `endedCount`. Their numbers are free for new flows. */
  ended = new Int32Array(16);
  endedCount = 0;
  /** Starts and ends so far. */
  events = 0;

  readonly #paths = new Paths();
  readonly #filling = new Filling(this.#paths);

  // By flow: its class, and the class's count at which it ends (the keys of the heap).
  #classOf = new Int32Array(16);
  #flows = 0;
  /** Numbers of flows that have ended. */
  #free = new Int32Array(16);
  #freeCount = 0;
  readonly #flowHeaps = new Heaps();
  readonly #starts = new TimeQueue();

  // By class: its first flow to end, and what its count is ahead of its link's. Keys of the heap: the link's count then.
  #firstFlow = new Int32Array(0);
  #ahead = new Float64Array(0);
  readonly #classHeaps = new Heaps();

  // By link: the first class to have an end among those that it holds back, their rate, its count in bytes, and when that was so.
  #firstClass = new Int32Array(0);
  #levels = new Float64Array(0);
  #counts = new Float64Array(0);
  #since = new Float64Array(0);
  readonly #ends = new EndQueue();
  #changed = false;

  /** Adds a link; returns its number. */
  addLink(bytesPerS: number): number {
    const link = this.#paths.addLink();
    this.#filling.reserve();
    this.#ends.reserve(link + 1);
    this.#firstClass = widened(this.#firstClass, link + 1);
    this.#levels = widened(this.#levels, link + 1);
    this.#counts = widened(this.#counts, link + 1);
    this.#since = widened(this.#since, link + 1);
    this.#firstClass[link] = NONE;
    this.#filling.capacities[link] = perUs(bytesPerS);
    return link;
  }

  /** Bytes per second. */
  capacity(link: number): number {
    return this.#filling.capacities[link]! * US_PER_S;
  }

  setCapacity(link: number, bytesPerS: number): void {
    const capacity = perUs(bytesPerS);
    const { capacities } = this.#filling;
    const old = capacities[link]!;
    if (capacity === old) return;
    if (this.#paths.crowds[link] === 0) {
      capacities[link] = capacity;
      return;
    }
    this.#ready();
    capacities[link] = capacity;
    this.#filling.touchLink(link);
    // All that cross it may be too fast now, also if it held none of them back.
    if (capacity < old)
      for (let at = 0; at < this.#paths.crowds[link]!; at++)
        this.#filling.touchClass(this.#paths.classOf[this.#paths.crossings[link]![at]!]!);
  }

  /**
   * Adds a class of flows that take these links; returns its number. `uses`: how many times a flow counts on each link, once if
   * left out (whole numbers).
   */
  addClass(links: ArrayLike<number>, uses?: ArrayLike<number>): number {
    if (links.length === 0) throw new InternalError("a flow needs a link");
    const flowClass = this.#paths.addClass(links, uses);
    this.#filling.reserve();
    this.#firstFlow = widened(this.#firstFlow, flowClass + 1);
    this.#ahead = widened(this.#ahead, flowClass + 1);
    this.#classHeaps.reserve(flowClass + 1);
    this.#firstFlow[flowClass] = NONE;
    this.#filling.bottlenecks[flowClass] = NO_LINK;
    return flowClass;
  }

  /** A flow that begins to move at `startUs`, which is not before `now`; returns its number. */
  start(flowClass: number, bytes: number, startUs = this.now): number {
    const flow = this.#freeCount > 0 ? this.#free[--this.#freeCount]! : this.#newFlow();
    this.#classOf[flow] = flowClass;
    this.#flowHeaps.keys[flow] = bytes;
    if (startUs > this.now || bytes <= 0) this.#starts.push(Math.max(startUs, this.now), flow, 0);
    else this.#begin(flow);
    return flow;
  }

  /** When the next flow starts or ends; Infinity where there is none. */
  nextUs(): number {
    this.#settle();
    return Math.min(this.#starts.soonest, this.#ends.time);
  }

  /** Goes on to a time before the next event. */
  advanceTo(us: number): void {
    this.#settle();
    this.now = Math.max(us, this.now);
  }

  /** Goes on to the next event, and all that happen at the same time; false where there is none. */
  step(): boolean {
    const now = this.nextUs();
    this.endedCount = 0;
    if (now === Infinity) return false;
    this.now = now;
    const until = now + now * SAME_TIME;
    while (this.#ends.time <= until) this.#endOn(this.#ends.link, until - now);
    while (this.#starts.soonest <= until) {
      this.#starts.next();
      const flow = this.#starts.what;
      if (this.#flowHeaps.keys[flow]! > 0) this.#begin(flow);
      else {
        this.events++;
        this.#finish(flow);
      }
    }
    return true;
  }

  /** Bytes per microsecond of each flow of a class that has flows. */
  rate(flowClass: number): number {
    this.#settle();
    return this.#filling.rates[flowClass]!;
  }

  #newFlow(): number {
    const flow = this.#flows++;
    this.#classOf = widened(this.#classOf, this.#flows);
    this.#free = widened(this.#free, this.#flows);
    this.ended = widened(this.ended, this.#flows);
    this.#flowHeaps.reserve(this.#flows);
    return flow;
  }

  #finish(flow: number): void {
    this.events++;
    this.ended[this.endedCount++] = flow;
    this.#free[this.#freeCount++] = flow;
  }

  /** What was reached is in force before anything changes. */
  #ready(): void {
    if (!this.#changed) this.#filling.reset();
    this.#changed = true;
  }

  #begin(flow: number): void {
    this.events++;
    this.#ready();
    const flowClass = this.#classOf[flow]!;
    const bytes = this.#flowHeaps.keys[flow]!;
    const { flows, bottlenecks } = this.#filling;
    if (flows[flowClass] === 0) {
      this.#paths.enter(flowClass);
      this.#filling.touchClass(flowClass);
    }
    flows[flowClass] = flows[flowClass]! + 1;
    const first = this.#firstFlow[flowClass]!;
    const link = bottlenecks[flowClass]!;
    if (link === NO_LINK) {
      this.#firstFlow[flowClass] = this.#flowHeaps.add(first, flow, bytes);
      return;
    }
    this.#touchLinks(flowClass);
    const count = this.#countAt(link) + this.#ahead[flowClass]!;
    this.#firstFlow[flowClass] = this.#flowHeaps.add(first, flow, count + bytes);
    if (this.#firstFlow[flowClass] === flow) {
      this.#firstClass[link] = this.#classHeaps.remove(this.#firstClass[link]!, flowClass);
      this.#queue(flowClass, link);
    }
  }

  /** A link's count at the present time. */
  #countAt(link: number): number {
    return this.#counts[link]! + this.#levels[link]! * (this.now - this.#since[link]!);
  }

  #touchLinks(flowClass: number): void {
    const { begin, linkOf } = this.#paths;
    const end = begin[flowClass + 1]!;
    for (let crossing = begin[flowClass]!; crossing < end; crossing++)
      this.#filling.touchLink(linkOf[crossing]!);
  }

  /** Puts a class into the heap of the link that holds it back. */
  #queue(flowClass: number, link: number): void {
    const end = this.#flowHeaps.keys[this.#firstFlow[flowClass]!]! - this.#ahead[flowClass]!;
    this.#firstClass[link] = this.#classHeaps.add(this.#firstClass[link]!, flowClass, end);
  }

  /** Ends the flows that a link holds back and that are done within `slackUs`: the first, and others that end with it. */
  #endOn(link: number, slackUs: number): void {
    this.#ready();
    const count = this.#countAt(link);
    this.#counts[link] = count;
    this.#since[link] = this.now;
    const reached = Math.max(
      count + this.#levels[link]! * slackUs,
      this.#classHeaps.keys[this.#firstClass[link]!]!,
    );
    for (
      let flowClass = this.#firstClass[link]!;
      flowClass !== NONE && this.#classHeaps.keys[flowClass]! <= reached;
      flowClass = this.#firstClass[link]!
    ) {
      this.#firstClass[link] = this.#classHeaps.remove(flowClass, flowClass);
      this.#endFlows(flowClass, reached + this.#ahead[flowClass]!);
      if (this.#firstFlow[flowClass] !== NONE) this.#queue(flowClass, link);
    }
    this.#forecast(link);
  }

  /** Ends the first flow of a class, and all others that end until its count is `reached`. */
  #endFlows(flowClass: number, reached: number): void {
    const { flows, bottlenecks, members } = this.#filling;
    this.#touchLinks(flowClass);
    let first = this.#firstFlow[flowClass]!;
    do {
      const flow = first;
      first = this.#flowHeaps.remove(flow, flow);
      flows[flowClass] = flows[flowClass]! - 1;
      this.#finish(flow);
    } while (first !== NONE && this.#flowHeaps.keys[first]! <= reached);
    this.#firstFlow[flowClass] = first;
    if (first !== NONE) return;
    const link = bottlenecks[flowClass]!;
    members[link] = members[link]! - 1;
    bottlenecks[flowClass] = NO_LINK;
    this.#paths.leave(flowClass);
  }

  #forecast(link: number): void {
    const first = this.#firstClass[link]!;
    const left = first === NONE ? Infinity : this.#classHeaps.keys[first]! - this.#counts[link]!;
    this.#ends.set(link, this.#since[link]! + Math.max(0, left) / this.#levels[link]!);
  }

  /** Brings the rates up to date. */
  #settle(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const filling = this.#filling;
    filling.fill();
    const { affectedLinks, affectedClasses, linkCount, classCount, newRates, newBottlenecks, members } =
      filling;
    for (let at = 0; at < linkCount; at++) {
      const link = affectedLinks[at]!;
      // A link that holds none back counts anew, lest small flows drown in a large count.
      this.#counts[link] = members[link] === 0 ? 0 : this.#countAt(link);
      this.#since[link] = this.now;
    }
    for (let at = 0; at < classCount; at++) {
      const flowClass = affectedClasses[at]!;
      const link = newBottlenecks[flowClass]!;
      filling.rates[flowClass] = newRates[flowClass]!;
      this.#levels[link] = newRates[flowClass]!;
      if (filling.bottlenecks[flowClass] !== link) this.#hold(flowClass, link);
    }
    for (let at = 0; at < linkCount; at++) this.#forecast(affectedLinks[at]!);
  }

  /** Another link holds a class back from now on. */
  #hold(flowClass: number, link: number): void {
    const { bottlenecks, members } = this.#filling;
    const old = bottlenecks[flowClass]!;
    let count = 0;
    if (old !== NO_LINK) {
      count = this.#counts[old]! + this.#ahead[flowClass]!;
      this.#firstClass[old] = this.#classHeaps.remove(this.#firstClass[old]!, flowClass);
      members[old] = members[old]! - 1;
    }
    bottlenecks[flowClass] = link;
    members[link] = members[link]! + 1;
    this.#ahead[flowClass] = count - this.#counts[link]!;
    this.#queue(flowClass, link);
  }
}

function perUs(bytesPerS: number): number {
  if (!(bytesPerS > 0)) throw new InternalError(`a link needs a capacity, not ${String(bytesPerS)}`);
  return bytesPerS / US_PER_S;
}
