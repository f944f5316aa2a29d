// Law: any two launches of a rank that touch the same bytes, one of them writing, are ordered by happens-before; and no
// launch touches through one operand what it writes through another.
// Ranks share no memory (transfers copy), so one role's timeline stands for each of its ranks.
import { DividedBytes } from "./divided.js";
import type { Access, Facts, Occurrence, RoleFacts } from "./facts.js";
import { reads, writes } from "./facts.js";
import { happensBefore, type HappensBefore } from "./happens-before.js";
import { count, grouped, type Counterexample, type Verdict } from "./result.js";
import { segmentsOf, type Segments } from "./segments.js";
import { aboutLaunches, bytesOf, named, place } from "./story.js";

const assumptions = [
  "kernels touch no bytes but those of their operands, and of the rows of an exchange those of their slots",
  "streams run in issue order, and so do the operations of one communicator",
];

/** So what they order stays ordered, and the proof for exchanges within their bound serves the others too. */
const roundsAssumption =
  "launches that are left out for rounds keep their place on stream and communicator, wait and record as ever";

interface Race {
  readonly earlier: Occurrence;
  readonly later: Occurrence;
  readonly earlierAccess: Access;
  readonly laterAccess: Access;
}

export function races(facts: Facts): Verdict {
  let pairs = 0;
  let counterexample: Counterexample | undefined;
  for (const role of facts.roles) {
    const found = racesOfRole(role, happensBefore(facts, role));
    pairs += found.pairs;
    if (found.race !== undefined) counterexample ??= tell(role, found.race);
  }
  const checked = `${count(pairs, "pair")} of accesses to the same bytes, each in order`;
  const hasRounds = facts.plan.exchanges.some(({ tokens }) => tokens.overflow === "rounds");
  const granted = hasRounds ? [...assumptions, roundsAssumption] : assumptions;
  return { checked, assumptions: granted, ...(counterexample && { counterexample }) };
}

/**
 * Walks in host order, keeping for each segment its last write and, by thread, its last read since then. Order is
 * transitive, so earlier accesses are covered by these. Of all races it gives one whose launches are issued closest.
 */
function racesOfRole(
  { occurrences }: RoleFacts,
  order: HappensBefore,
): { readonly pairs: number; readonly race: Race | undefined } {
  const segments = segmentsOf(occurrences);
  const lastWrite: (Access | undefined)[] = new Array<undefined>(segments.size).fill(undefined);
  const writer = new Int32Array(segments.size).fill(-1);
  const lastRead: (Access | undefined)[][] = Array.from({ length: segments.size }, () => []);
  const readers: (number | undefined)[][] = Array.from({ length: segments.size }, () => []);
  let pairs = 0;
  let race: Race | undefined;
  const check = (
    earlier: number,
    earlierAccess: Access | undefined,
    later: Occurrence,
    laterAccess: Access,
  ): void => {
    pairs++;
    if (earlierAccess === undefined || earlier === later.index || order.before(earlier, later.index)) return;
    if (race === undefined || later.index - earlier < race.later.index - race.earlier.index)
      race = { earlier: occurrences[earlier]!, later, earlierAccess, laterAccess };
  };
  const divided = dividedSegments(occurrences, segments);
  for (const later of occurrences) {
    const conflict = conflictWithin(later);
    // Rounds run alone on their rank, and where there are none their entry touches nothing.
    const accesses = later.launch.kind === "rounds" ? [] : later.accesses;
    pairs += accesses.length;
    if (conflict && (race === undefined || race.earlier !== race.later))
      race = { earlier: later, later, earlierAccess: conflict[0], laterAccess: conflict[1] };
    for (const access of accesses)
      for (let at = segments.first(access); at < segments.end(access); at++) {
        const bytes = divided.get(at);
        if (bytes !== undefined) {
          const touch = { index: later.index, thread: order.threadOf[later.index]!, access };
          for (const earlier of bytes.touch(touch)) check(earlier.index, earlier.access, later, access);
          continue;
        }
        if (writer[at]! >= 0) check(writer[at]!, lastWrite[at], later, access);
        if (!writes(access)) continue;
        for (const [thread, reader] of readers[at]!.entries())
          if (reader !== undefined) check(reader, lastRead[at]![thread], later, access);
      }
    for (const access of accesses)
      for (let at = segments.first(access); at < segments.end(access); at++)
        if (writes(access)) {
          writer[at] = later.index;
          lastWrite[at] = access;
          readers[at] = [];
        } else {
          readers[at]![order.threadOf[later.index]!] = later.index;
          lastRead[at]![order.threadOf[later.index]!] = access;
        }
  }
  return { pairs, race };
}

/** The segments that some launch touches for a chunk alone. */
function dividedSegments(
  occurrences: readonly Occurrence[],
  segments: Segments,
): ReadonlyMap<number, DividedBytes> {
  const divided = new Map<number, DividedBytes>();
  for (const { accesses } of occurrences)
    for (const access of accesses)
      for (let at = segments.first(access); access.chunk !== undefined && at < segments.end(access); at++)
        if (!divided.has(at)) divided.set(at, new DividedBytes());
  return divided;
}

/**
 * Two operands of one launch that share bytes of which one is written. What launches of a round pass on among themselves may
 * share bytes, as it does between them in their own places.
 */
function conflictWithin({ launch, accesses }: Occurrence): readonly [Access, Access] | undefined {
  for (const written of accesses)
    if (writes(written))
      for (const other of accesses)
        if (launch.kind === "rounds" && !reads(written) && !reads(other)) continue;
        else if (other !== written && other.begin < written.end && written.begin < other.end)
          return [other, written];
  return undefined;
}

function tell({ role }: RoleFacts, { earlier, later, earlierAccess, laterAccess }: Race): Counterexample {
  const begin = grouped(Math.max(earlierAccess.begin, laterAccess.begin));
  const end = grouped(Math.min(earlierAccess.end, laterAccess.end));
  if (earlier === later)
    return aboutLaunches(
      role,
      [
        `${named(later)} on ${place(later)} uses ${bytesOf(earlierAccess)} as \`${earlierAccess.operand.name}\``,
        `and writes ${bytesOf(laterAccess)} as \`${laterAccess.operand.name}\``,
        `its threads run in any order, so bytes ${begin} to ${end} may be read before or after they are written`,
      ],
      later,
    );
  return aboutLaunches(
    role,
    [
      `${named(earlier)} on ${place(earlier)} ${verb(earlierAccess)} ${bytesOf(earlierAccess)}`,
      `${named(later)} on ${place(later)}, issued later, ${verb(laterAccess)} ${bytesOf(laterAccess)}`,
      `no stream, event or completed transfer orders the two, so bytes ${begin} to ${end} may be touched in either order`,
    ],
    earlier,
    later,
  );
}

const verb = (access: Access): string =>
  ({ read: "reads", write: "writes", update: "updates" })[access.operand.access];
