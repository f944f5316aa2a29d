// Which classes of flows cross which links. A class is all flows of one path; it is listed at its links while it has any.
import { widened } from "./widen.js";

export class Paths {
  classes = 0;
  links = 0;
  /** Crossings of class c, one for each of its links: begin[c] to begin[c + 1] - 1. */
  begin = new Int32Array(16);
  /** By crossing: the link, how often each flow of the class uses it, and the class. */
  linkOf = new Int32Array(16);
  uses = new Float64Array(16);
  classOf = new Int32Array(16);
  /** By link: the crossings of classes that have flows, `crowds[link]` of them. */
  readonly crossings: Int32Array<ArrayBuffer>[] = [];
  crowds = new Int32Array(16);
  /** By crossing: where it stands in its link's list. */
  #places = new Int32Array(16);

  addLink(): number {
    this.crowds = widened(this.crowds, this.links + 1);
    this.crossings.push(new Int32Array(4));
    return this.links++;
  }

  /** A class of flows that take these links; a link named n times counts n times. */
  addClass(links: ArrayLike<number>, uses?: ArrayLike<number>): number {
    const first = this.begin[this.classes]!;
    let end = first;
    this.#reserve(first + links.length);
    for (let at = 0; at < links.length; at++) {
      const link = links[at]!;
      let crossing = first;
      while (crossing < end && this.linkOf[crossing] !== link) crossing++;
      if (crossing === end) {
        this.linkOf[end] = link;
        this.uses[end] = 0;
        this.classOf[end++] = this.classes;
      }
      this.uses[crossing] = this.uses[crossing]! + (uses?.[at] ?? 1);
    }
    this.begin = widened(this.begin, this.classes + 2);
    this.begin[++this.classes] = end;
    return this.classes - 1;
  }

  #reserve(crossings: number): void {
    this.linkOf = widened(this.linkOf, crossings);
    this.uses = widened(this.uses, crossings);
    this.classOf = widened(this.classOf, crossings);
    this.#places = widened(this.#places, crossings);
  }

  /** Lists a class at its links. */
  enter(flowClass: number): void {
    const end = this.begin[flowClass + 1]!;
    for (let crossing = this.begin[flowClass]!; crossing < end; crossing++) {
      const link = this.linkOf[crossing]!;
      const crowd = this.crowds[link]!;
      let list = this.crossings[link]!;
      if (crowd === list.length) this.crossings[link] = list = widened(list, crowd + 1);
      list[crowd] = crossing;
      this.#places[crossing] = crowd;
      this.crowds[link] = crowd + 1;
    }
  }

  /** Takes a class off the lists. */
  leave(flowClass: number): void {
    const end = this.begin[flowClass + 1]!;
    for (let crossing = this.begin[flowClass]!; crossing < end; crossing++) {
      const link = this.linkOf[crossing]!;
      const list = this.crossings[link]!;
      const place = this.#places[crossing]!;
      const crowd = this.crowds[link]! - 1;
      const moved = list[crowd]!;
      list[place] = moved;
      this.#places[moved] = place;
      this.crowds[link] = crowd;
    }
  }
}
