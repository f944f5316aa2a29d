// The best of a well-defined family of schedules, by trying them all: each pair's rows, whole, on every way that visits no third node,
// in every choice of launches. For a handful of GPUs; knows nothing of the search or of its bound.
import { transferTimes, Topology, type Message } from "../../src/cost/index.js";
import { forEachPiece, type ExchangePlan } from "../../src/exchange-plan/index.js";
import type { ExchangeProblem } from "../../src/exchange/problem.js";

/** A hop of a pair's rows. */
interface Hop {
  readonly from: number;
  readonly to: number;
  readonly launch: number;
}
/** What one pair's rows may do. */
type Course = readonly Hop[];

interface PairCourses {
  readonly rows: number;
  readonly courses: readonly Course[];
  /** [course][launch] which of the pair's hops is made there, 0 for none. */
  readonly digits: readonly (readonly number[])[];
  readonly ends: readonly (readonly [from: number, to: number])[];
}

/** Hops that one pair may have, and no more, so that what a launch holds is one number. */
const MOST_ENDS = 15;

export interface BruteForce {
  readonly bestUs: number;
  /** Schedules that were tried. */
  readonly tried: number;
  readonly launches: number;
}

/** Tries all schedules of as many launches as keep their number within `most`, at most three. */
export function bruteForce(problem: ExchangeProblem, sms: number, most = 70_000): BruteForce {
  const size = problem.machine.tiers[0]?.joins ?? 1;
  let pairs: PairCourses[] = [];
  let launches = 0;
  for (let each = 1; each <= 3; each++) {
    const more = pairsOf(problem, size, each);
    if (more.reduce((product, { courses }) => product * courses.length, 1) > most) break;
    [pairs, launches] = [more, each];
  }
  if (launches === 0) throw new Error("there are too many schedules of a single launch");
  const timeOf = launchTimes(problem, sms, pairs);
  const keys = Array.from({ length: launches }, () => 0);
  let bestUs = Infinity;
  let tried = 0;
  const place = (pair: number, weight: number): void => {
    if (pair === pairs.length) {
      tried++;
      bestUs = Math.min(
        bestUs,
        keys.reduce((sum, key) => sum + timeOf(key), 0),
      );
      return;
    }
    for (const digits of pairs[pair]!.digits) {
      for (let launch = 0; launch < launches; launch++) keys[launch]! += digits[launch]! * weight;
      place(pair + 1, weight * (MOST_ENDS + 1));
      for (let launch = 0; launch < launches; launch++) keys[launch]! -= digits[launch]! * weight;
    }
  };
  place(0, 1);
  return { bestUs, tried, launches };
}

/** Pairs with rows, each with its courses. */
function pairsOf({ machine, rows }: ExchangeProblem, size: number, launches: number): PairCourses[] {
  const pairs: PairCourses[] = [];
  for (let source = 0; source < machine.gpus; source++)
    for (let destination = 0; destination < machine.gpus; destination++) {
      const count = rows[source * machine.gpus + destination]!;
      if (source === destination || count === 0) continue;
      const courses = coursesOf(source, destination, size, launches);
      const names = [...new Set(courses.flatMap((each) => each.map(({ from, to }) => `${from} ${to}`)))];
      if (names.length > MOST_ENDS) throw new Error("a pair has more hops than are told apart");
      pairs.push({
        rows: count,
        courses,
        ends: names.map((each) => each.split(" ").map(Number) as [number, number]),
        digits: courses.map((course) =>
          Array.from({ length: launches }, (_, launch) => {
            const hop = course.find((each) => each.launch === launch);
            return hop === undefined ? 0 : 1 + names.indexOf(`${hop.from} ${hop.to}`);
          }),
        ),
      });
    }
  return pairs;
}

/** Every way between two GPUs over none, one or two others of their nodes, in every ascending choice of launches. */
function coursesOf(source: number, destination: number, size: number, launches: number): readonly Course[] {
  const node = (rank: number): number[] => {
    const first = rank - (rank % size);
    return Array.from({ length: size }, (_, at) => first + at);
  };
  const ways: number[][] = [[source, destination]];
  const isAcross = node(source)[0] !== node(destination)[0];
  for (const first of isAcross ? node(source) : [])
    for (const last of node(destination)) ways.push([source, first, last, destination]);
  const courses = new Map<string, Course>();
  for (const way of ways) {
    const hops = way.slice(1).flatMap((to, at) => (to === way[at] ? [] : [{ from: way[at]!, to }]));
    for (const chosen of ascending(hops.length, launches)) {
      const course = hops.map((hop, at) => ({ ...hop, launch: chosen[at]! }));
      courses.set(JSON.stringify(course), course);
    }
  }
  return [...courses.values()];
}

/** All ascending choices of so many of so many launches. */
function ascending(count: number, launches: number, first = 0): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: launches - first }, (_, at) => first + at).flatMap((launch) =>
    ascending(count - 1, launches, launch + 1).map((rest) => [launch, ...rest]),
  );
}

/** Time of a launch by the number that says which hop of each pair it holds. */
function launchTimes(
  problem: ExchangeProblem,
  sms: number,
  pairs: readonly PairCourses[],
): (key: number) => number {
  const topology = new Topology(problem.machine);
  const known = new Map<number, number>([[0, 0]]);
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const messages: Message[] = [];
    let rest = key;
    for (const { rows, ends } of pairs) {
      const digit = rest % (MOST_ENDS + 1);
      rest = (rest - digit) / (MOST_ENDS + 1);
      if (digit === 0) continue;
      const [source, destination] = ends[digit - 1]!;
      messages.push({ source, destination, bytes: rows * problem.rowBytes });
    }
    const us = timeOfMessages(topology, messages, sms, problem);
    known.set(key, us);
    return us;
  };
}

/** Time in microseconds until the last rank is through a group; messages between equal ends are one. */
function timeOfMessages(
  topology: Topology,
  messages: readonly Message[],
  sms: number,
  { machine, parameters }: ExchangeProblem,
): number {
  const joined = new Map<number, Message>();
  for (const each of messages) {
    const key = each.source * machine.gpus + each.destination;
    const bytes = each.bytes + (joined.get(key)?.bytes ?? 0);
    joined.set(key, { ...each, bytes });
  }
  if (joined.size === 0) return 0;
  const ranks = Array.from({ length: machine.gpus }, (_, rank) => rank);
  return Math.max(...transferTimes(topology, ranks, [...joined.values()], sms, parameters));
}

/** Time of a plan by the same model: that of its launches that carry something, one after another. */
export function timeOfPlan(plan: ExchangePlan, problem: ExchangeProblem): number {
  const topology = new Topology(plan.machine);
  const launches = plan.launches.map((): Message[] => []);
  forEachPiece(plan, ({ launch, from, to, source, destination, begin, end }) => {
    const bytes = problem.rows[source * plan.ranks + destination]! * (end - begin) * plan.row_bytes;
    if (from !== to && bytes > 0) launches[launch]!.push({ source: from, destination: to, bytes });
  });
  return launches.reduce(
    (sum, messages) => sum + timeOfMessages(topology, messages, plan.communicator.sms, problem),
    0,
  );
}
