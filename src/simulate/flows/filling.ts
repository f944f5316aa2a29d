// Max-min fair rates by progressive filling: all rates rise together; where a link is full, the flows that cross it keep the
// rate they have, which is the link's level, and the link is their bottleneck. Only what a change can affect is filled again.
//
// A link that changed affects the classes that it holds back (its members), and a class whose rate may change affects every link on its
// way. The others keep their rates. That is right unless one of them is now faster than the level of a link that it crosses:
// then it is affected too, and filling starts again. Each flow then has a bottleneck that is full and on which none is faster,
// which only the max-min fair rates have.
import { LinkHeap } from "./link-heap.js";
import type { Paths } from "./paths.js";
import { widened } from "./widen.js";

/** A class counts as faster than a level only by more than this share: what sums of rates differ by in another order. */
const RATE_TOLERANCE = 1e-12;

/** No link. */
export const NO_LINK = -1;

export class Filling {
  /** By class: flows that it has, the rate of each in bytes per microsecond, and the link that holds them back. */
  flows = new Float64Array(0);
  rates = new Float64Array(0);
  bottlenecks = new Int32Array(0);
  /** By link: bytes per microsecond, and how many classes it holds back. */
  capacities = new Float64Array(0);
  members = new Int32Array(0);

  /** What `fill` reached: the links and classes that a change affected, as many as the counts say. */
  affectedLinks = new Int32Array(0);
  affectedClasses = new Int32Array(0);
  linkCount = 0;
  classCount = 0;
  /** Their new rates and bottlenecks; they are not in force before the owner copies them. */
  newRates = new Float64Array(0);
  newBottlenecks = new Int32Array(0);

  /** The round in which a link or class was affected last. */
  #linkRound = new Int32Array(0);
  #classRound = new Int32Array(0);
  #round = 1;
  /** Links whose members have been found to be affected. */
  #spread = 0;
  /** By link: capacity that affected classes have not got yet, how many flows want it, the fastest of the other classes. */
  #left = new Float64Array(0);
  #wanting = new Float64Array(0);
  #fastest = new Float64Array(0);
  readonly #heap = new LinkHeap();

  constructor(private readonly paths: Paths) {}

  reserve(): void {
    const { links, classes } = this.paths;
    if (links > this.capacities.length) this.#reserveLinks(links);
    if (classes <= this.flows.length) return;
    this.flows = widened(this.flows, classes);
    this.rates = widened(this.rates, classes);
    this.bottlenecks = widened(this.bottlenecks, classes);
    this.affectedClasses = widened(this.affectedClasses, classes);
    this.newRates = widened(this.newRates, classes);
    this.newBottlenecks = widened(this.newBottlenecks, classes);
    this.#classRound = widened(this.#classRound, classes);
  }

  #reserveLinks(links: number): void {
    this.capacities = widened(this.capacities, links);
    this.members = widened(this.members, links);
    this.affectedLinks = widened(this.affectedLinks, links);
    this.#linkRound = widened(this.#linkRound, links);
    this.#left = widened(this.#left, links);
    this.#wanting = widened(this.#wanting, links);
    this.#fastest = widened(this.#fastest, links);
    this.#heap.reserve(links);
  }

  /** A link has another capacity, or a class that crosses it has more or fewer flows. */
  touchLink(link: number): void {
    if (this.#linkRound[link] === this.#round) return;
    this.#linkRound[link] = this.#round;
    this.affectedLinks[this.linkCount++] = link;
  }

  /** A class, such as a new one, needs another rate. */
  touchClass(flowClass: number): void {
    if (this.#classRound[flowClass] === this.#round) return;
    this.#classRound[flowClass] = this.#round;
    this.affectedClasses[this.classCount++] = flowClass;
    const end = this.paths.begin[flowClass + 1]!;
    for (let crossing = this.paths.begin[flowClass]!; crossing < end; crossing++)
      this.touchLink(this.paths.linkOf[crossing]!);
  }

  /** Forgets what was affected. */
  reset(): void {
    this.#round++;
    this.linkCount = 0;
    this.classCount = 0;
    this.#spread = 0;
  }

  /** Finds all that is affected by what was touched since `reset`, and its rates. */
  fill(): void {
    do {
      this.#findAffected();
      this.#prepare();
      this.#raise();
    } while (this.#touchFaster());
  }

  #findAffected(): void {
    const { crossings, crowds, classOf } = this.paths;
    while (this.#spread < this.linkCount) {
      const link = this.affectedLinks[this.#spread++]!;
      if (this.members[link] === 0) continue;
      const list = crossings[link]!;
      const crowd = crowds[link]!;
      for (let at = 0; at < crowd; at++) {
        const flowClass = classOf[list[at]!]!;
        if (this.bottlenecks[flowClass] === link) this.touchClass(flowClass);
      }
    }
  }

  /** What the other classes leave of each affected link. */
  #prepare(): void {
    const { crossings, crowds, classOf, uses } = this.paths;
    const { flows, rates, newRates, affectedLinks } = this;
    for (let at = 0; at < this.classCount; at++) newRates[this.affectedClasses[at]!] = -1;
    this.#heap.clear();
    for (let each = 0; each < this.linkCount; each++) {
      const link = affectedLinks[each]!;
      const list = crossings[link]!;
      const crowd = crowds[link]!;
      let left = this.capacities[link]!;
      let wanting = 0;
      let fastest = 0;
      for (let at = 0; at < crowd; at++) {
        const crossing = list[at]!;
        const flowClass = classOf[crossing]!;
        const used = uses[crossing]! * flows[flowClass]!;
        if (this.#classRound[flowClass] === this.#round) {
          wanting += used;
          continue;
        }
        const rate = rates[flowClass]!;
        left -= used * rate;
        if (rate > fastest) fastest = rate;
      }
      this.#left[link] = left;
      this.#wanting[link] = wanting;
      this.#fastest[link] = fastest;
      if (wanting > 0) this.#heap.push(link, left / wanting);
    }
    this.#heap.order();
  }

  /** Fills the links, those first whose level is lowest. */
  #raise(): void {
    const { crossings, crowds, classOf } = this.paths;
    const { newRates, newBottlenecks } = this;
    while (this.#heap.size > 0) {
      const link = this.#heap.link;
      if (this.#wanting[link] === 0) {
        this.#heap.pop();
        continue;
      }
      // Levels only rise while slower flows get less than their share, so the stored one may be too low, never too high.
      const level = this.#left[link]! / this.#wanting[link]!;
      if (level > this.#heap.level) {
        this.#heap.raise(level);
        continue;
      }
      this.#heap.pop();
      const rate = Math.max(0, level);
      const list = crossings[link]!;
      const crowd = crowds[link]!;
      for (let at = 0; at < crowd; at++) {
        const flowClass = classOf[list[at]!]!;
        if (this.#classRound[flowClass] !== this.#round || newRates[flowClass]! >= 0) continue;
        newRates[flowClass] = rate;
        newBottlenecks[flowClass] = link;
        this.#give(flowClass, rate);
      }
    }
  }

  /** Takes a class's share off all links on its way. */
  #give(flowClass: number, rate: number): void {
    const { begin, linkOf, uses } = this.paths;
    const flows = this.flows[flowClass]!;
    const end = begin[flowClass + 1]!;
    for (let crossing = begin[flowClass]!; crossing < end; crossing++) {
      const link = linkOf[crossing]!;
      const used = uses[crossing]! * flows;
      this.#left[link] = this.#left[link]! - used * rate;
      this.#wanting[link] = this.#wanting[link]! - used;
    }
  }

  /** Whether some other class is faster than a link on its way lets it be; such are affected now. */
  #touchFaster(): boolean {
    const { crossings, crowds, classOf } = this.paths;
    const { affectedClasses, newRates, newBottlenecks } = this;
    const known = this.classCount;
    for (let at = 0; at < known; at++) {
      const flowClass = affectedClasses[at]!;
      const link = newBottlenecks[flowClass]!;
      const limit = newRates[flowClass]! * (1 + RATE_TOLERANCE);
      if (this.#fastest[link]! <= limit) continue;
      // Once a link.
      this.#fastest[link] = 0;
      const list = crossings[link]!;
      const crowd = crowds[link]!;
      for (let place = 0; place < crowd; place++) {
        const other = classOf[list[place]!]!;
        if (this.#classRound[other] !== this.#round && this.rates[other]! > limit) this.touchClass(other);
      }
    }
    return this.classCount > known;
  }
}
