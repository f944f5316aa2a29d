// Flows that must behave alike, found by colour refinement: links of equal capacity that carry flows of the same kinds, as many of
// each, are of one kind; flows of equal size and start that cross links of the same kinds are of one kind. Max-min fair rates follow
// from the network alone, so all flows of a kind have one rate at all times, and one flow of each kind, which counts on a link
// as often as its kind crosses such a link, stands for all. That is exact, whatever the topology.
import type { FlowSet } from "./flow-set.js";

export interface FoldedFlows {
  /** One flow and one link of each kind. A flow names each kind of link that it crosses once. */
  readonly flows: FlowSet;
  /** By entry of `flows.links`: how many flows of the kind cross one link of that kind. */
  readonly uses: Float64Array;
  /** For each flow, its kind. */
  readonly kindOf: Int32Array;
}

/** Refinement of a network that has symmetries of use ends sooner. */
const MOST_ROUNDS = 16;
/** Folding pays where the table of kinds by links is no larger than so many crossings of flows and links. */
const TABLE_PER_CROSSING = 4;

/** Folds flows; undefined where few of them are alike. */
export function foldSymmetric(set: FlowSet): FoldedFlows | undefined {
  const hashes = flowHashes(set);
  const links = linkKinds(set, hashes);
  const flows = links && flowKinds(set, hashes, links);
  return flows && folded(set, links, flows);
}

/** The kind of each of some things, and the first thing of each kind. */
interface Kinds {
  readonly of: Int32Array;
  readonly firsts: readonly number[];
}

/** By flow: a hash of its size and start. */
function flowHashes({ bytes, starts }: FlowSet): Int32Array {
  const sizes = new Int32Array(bytes.buffer, bytes.byteOffset, 2 * bytes.length);
  const times = new Int32Array(starts.buffer, starts.byteOffset, 2 * starts.length);
  const hashes = new Int32Array(bytes.length);
  let [size, start, hash] = [NaN, NaN, 0];
  for (let flow = 0; flow < hashes.length; flow++) {
    // Flows that follow one another are often alike.
    if (bytes[flow] !== size || starts[flow] !== start) {
      size = bytes[flow]!;
      start = starts[flow]!;
      const [low, high] = [2 * flow, 2 * flow + 1];
      hash = mixed(mixed(mixed(mixed(sizes[low]!) ^ sizes[high]!) ^ times[low]!) ^ times[high]!);
    }
    hashes[flow] = hash;
  }
  return hashes;
}

/**
 * Kinds of links, by hashes that are added up, and so do not depend on any order; undefined where there is no end to it. Links
 * with equal hashes need not be of one kind: `folded` checks that.
 */
function linkKinds({ capacities, pathBegin, links }: FlowSet, flows: Int32Array): Kinds | undefined {
  const sums = new Int32Array(capacities.length);
  let kinds = kindsOf(capacities);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const hashes = kinds.of.map((kind) => mixed(kind + 1));
    sums.fill(0);
    for (let flow = 0; flow < flows.length; flow++) {
      const begin = pathBegin[flow]!;
      const end = pathBegin[flow + 1]!;
      let sum = flows[flow]!;
      for (let at = begin; at < end; at++) sum = (sum + hashes[links[at]!]!) | 0;
      const hash = mixed(sum);
      for (let at = begin; at < end; at++) {
        const link = links[at]!;
        sums[link] = sums[link]! + hash;
      }
    }
    const known = kinds.firsts.length;
    const refined = Float64Array.from(kinds.of, (kind, link) => kind * 2 ** 32 + (sums[link]! >>> 0));
    kinds = kindsOf(refined);
    if (kinds.firsts.length === known) return kinds;
  }
  return undefined;
}

/** Kinds of flows, exactly: by size, start, and the kinds of links on the way. Undefined where they are many. */
function flowKinds(set: FlowSet, hashes: Int32Array, linkKinds: Kinds): Kinds | undefined {
  const { bytes, starts, pathBegin, links } = set;
  const most = Math.floor((TABLE_PER_CROSSING * links.length) / set.capacities.length);
  const of = new Int32Array(bytes.length);
  const firsts: number[] = [];
  const linkHashes = linkKinds.of.map((kind) => mixed(kind + 1));
  /** Of a flow's links, ascending. */
  const way = (flow: number): Int32Array =>
    links
      .slice(pathBegin[flow], pathBegin[flow + 1])
      .map((link) => linkKinds.of[link]!)
      .sort();
  const kindOfLink = linkKinds.of;
  const alike = (one: number, other: number): boolean => {
    const first = pathBegin[one]!;
    const second = pathBegin[other]!;
    const length = pathBegin[one + 1]! - first;
    if (bytes[one] !== bytes[other] || starts[one] !== starts[other]) return false;
    if (pathBegin[other + 1]! - second !== length) return false;
    let at = 0;
    while (at < length && kindOfLink[links[first + at]!] === kindOfLink[links[second + at]!]) at++;
    if (at === length) return true;
    const [left, right] = [way(one), way(other)];
    return left.every((kind, place) => kind === right[place]);
  };
  const known = new Map<number, number[]>();
  let last: number[] = [];
  let lastHash = NaN;
  for (let flow = 0; flow < of.length; flow++) {
    let hash = hashes[flow]!;
    const end = pathBegin[flow + 1]!;
    for (let at = pathBegin[flow]!; at < end; at++) hash = (hash + linkHashes[links[at]!]!) | 0;
    if (hash !== lastHash) {
      lastHash = hash;
      last = known.get(hash) ?? [];
      known.set(hash, last);
    }
    let kind = -1;
    for (const each of last) if (alike(firsts[each]!, flow)) kind = each;
    if (kind < 0) {
      kind = firsts.push(flow) - 1;
      last.push(kind);
      if (kind === most) return undefined;
    }
    of[flow] = kind;
  }
  return { of, firsts };
}

/** One flow and link of each kind; undefined where some link does not carry what the first of its kind does. */
function folded(set: FlowSet, linkKinds: Kinds, flowKinds: Kinds): FoldedFlows | undefined {
  const { capacities, bytes, starts, pathBegin, links } = set;
  const kinds = flowKinds.firsts.length;
  const crossings = new Int32Array(capacities.length * kinds);
  for (let flow = 0; flow < bytes.length; flow++) {
    const kind = flowKinds.of[flow]!;
    const end = pathBegin[flow + 1]!;
    for (let at = pathBegin[flow]!; at < end; at++) {
      const entry = links[at]! * kinds + kind;
      crossings[entry] = crossings[entry]! + 1;
    }
  }
  for (let link = 0; link < capacities.length; link++) {
    const first = linkKinds.firsts[linkKinds.of[link]!]!;
    for (let kind = 0; kind < kinds; kind++)
      if (crossings[link * kinds + kind] !== crossings[first * kinds + kind]) return undefined;
  }
  const ways = flowKinds.firsts.map((flow) => {
    const own = links.subarray(pathBegin[flow], pathBegin[flow + 1]);
    return [...new Set(Array.from(own, (link) => linkKinds.of[link]!))];
  });
  const pathEnds = ways.map(
    (
      (sum) => (way) =>
        (sum += way.length)
    )(0),
  );
  return {
    flows: {
      capacities: Float64Array.from(linkKinds.firsts, (link) => capacities[link]!),
      bytes: Float64Array.from(flowKinds.firsts, (flow) => bytes[flow]!),
      starts: Float64Array.from(flowKinds.firsts, (flow) => starts[flow]!),
      pathBegin: Int32Array.from([0, ...pathEnds]),
      links: Int32Array.from(ways.flat()),
    },
    uses: Float64Array.from(
      ways.flatMap((way, kind) => way.map((link) => crossings[linkKinds.firsts[link]! * kinds + kind]!)),
    ),
    kindOf: flowKinds.of,
  };
}

/** An invertible scrambling of 32 bits (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Equal numbers are of one kind. */
function kindsOf(values: Float64Array): Kinds {
  const known = new Map<number, number>();
  const firsts: number[] = [];
  const of = Int32Array.from(values, (value, at) => {
    const kind = known.get(value) ?? firsts.push(at) - 1;
    known.set(value, kind);
    return kind;
  });
  return { of, firsts };
}
