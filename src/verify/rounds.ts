// Law: where an exchange exceeds its bound, its rounds give what it would have given. The entry makes all launches of its
// exchange again and no others; each of them reads there what it reads in its own place; nobody else sees what passes
// among them, and their result, made token by token, only behind the entry.
import { isRunTimeCount, namesIn, type Exchange } from "../plan/index.js";
import { courseName, coursesOf, type Course } from "./courses.js";
import { reads, writes, type Access, type Facts, type Occurrence, type RoleFacts } from "./facts.js";
import type { Counterexample } from "./result.js";
import { aboutLaunches, aboutPlan, named } from "./story.js";
import { valuesIn, type Read, type Values } from "./values.js";

/** An entry of kind `rounds` with the launches that it makes again. */
interface Repeat {
  readonly entry: Occurrence;
  readonly launches: readonly Occurrence[];
}

export function* roundsFaults(facts: Facts, role: RoleFacts, values: Values): Iterable<Counterexample> {
  const repeats: Repeat[] = [];
  for (const course of coursesOf(role))
    for (const exchange of facts.plan.exchanges.filter((each) => each.block === course.block)) {
      const found = repeatOf(facts, role, exchange, course);
      if (found === undefined) continue;
      if ("story" in found) {
        yield found;
        return;
      }
      repeats.push(found);
    }
  const readsOf = new Map<Access, Read>(values.reads.map((read) => [read.access, read]));
  for (const repeat of repeats) yield* repeatFaults(role, repeat, readsOf);
  yield* outsiders(role, repeats, values);
}

/** The entry of an exchange in a course; undefined where there needs to be none. */
function repeatOf(
  facts: Facts,
  { role }: RoleFacts,
  exchange: Exchange,
  course: Course,
): Repeat | Counterexample | undefined {
  const own = course.occurrences.filter(({ launch }) => launch.exchange === exchange.name);
  const entries = own.filter(({ launch }) => launch.kind === "rounds");
  const repeated = own.filter(({ launch }) => launch.kind !== "rounds");
  const expected = exchange.tokens.overflow === "rounds" && repeated.length > 0 ? 1 : 0;
  const [entry] = entries;
  if (entries.length !== expected)
    return aboutPlan(
      [
        `exchange \`${exchange.name}\` has ${entries.length} entries of kind rounds in ${courseName(course)}`,
        expected === 1 ? "beyond its bound it goes on in rounds, by one" : "it never goes on in rounds",
      ],
      ...(entry === undefined
        ? [facts.index.node(exchange.block, exchange.combine).span]
        : entries.map(({ launch }) => launch.span)),
    );
  if (entry?.launch.kind !== "rounds") return undefined;
  const launches: Occurrence[] = [];
  for (const id of entry.launch.launches) {
    const found = repeated.find(({ launch }) => launch.id === id);
    if (found === undefined || launches.includes(found))
      return aboutLaunches(
        role,
        [
          `${named(entry)} makes \`${id}\``,
          found === undefined ? "its exchange has no such launch there" : "twice in a round",
        ],
        entry,
      );
    launches.push(found);
  }
  const missing = repeated.find((each) => !launches.includes(each));
  const late = launches.find(({ index }) => index > entry.index);
  const story =
    missing !== undefined
      ? [`${named(entry)} does not make ${named(missing)}`, "so its rounds lack a launch of the exchange"]
      : late !== undefined
        ? [`${named(late)} is issued behind ${named(entry)}`, "so it is not left out, and runs once more"]
        : outOfOrder(facts, entry, launches);
  if (story !== undefined)
    return aboutLaunches(role, story, entry, ...[missing ?? late].filter((each) => each !== undefined));
  return { entry, launches };
}

/** Ranks meet in the transfers of a round as they meet elsewhere; what needs the counts of a round comes behind its read. */
function outOfOrder(
  facts: Facts,
  entry: Occurrence,
  launches: readonly Occurrence[],
): readonly string[] | undefined {
  const transfers = launches.filter(({ launch }) => launch.kind === "transfer");
  const swapped = transfers.findIndex((each, at) => at > 0 && each.index < transfers[at - 1]!.index);
  if (swapped > 0)
    return [
      `${named(entry)} makes ${named(transfers[swapped - 1]!)} before ${named(transfers[swapped]!)}`,
      "they are issued the other way round",
    ];
  const read = launches.findIndex(({ launch }) => launch.kind === "read_counts");
  const early = launches.findIndex((each) => needsCounts(facts, each));
  return early >= 0 && (read < 0 || early < read)
    ? [
        `${named(entry)} makes ${named(launches[early]!)} before it has read the counts of the round`,
        "which say how many rows there are",
      ]
    : undefined;
}

function needsCounts(facts: Facts, { launch }: Occurrence): boolean {
  switch (launch.kind) {
    case "compute":
      return countsRows(launch);
    case "transfer":
      return facts.index.phase(launch.exchange, launch.phase).carries !== "counts";
    case "read_counts":
    case "rounds":
      return false;
    default:
      return launch satisfies never;
  }
}

const countsRows = ({ rows: { begin, end } }: Extract<Occurrence["launch"], { kind: "compute" }>): boolean =>
  [begin, end].some(({ expr }) => namesIn(expr).some(isRunTimeCount));

const placeOf = ({ buffer, instance }: Access): string => JSON.stringify([buffer.name, instance]);

/** What the launches see when they are made behind one another at the entry, against what each sees in its own place. */
function* repeatFaults(
  { role }: RoleFacts,
  { entry, launches }: Repeat,
  readsOf: ReadonlyMap<Access, Read>,
): Iterable<Counterexample> {
  const operands = new Map(entry.accesses.map((each) => [placeOf(each), each]));
  const written = new Map<string, Occurrence>();
  for (const launch of launches)
    for (const access of launch.accesses.filter(writes)) written.set(placeOf(access), launch);
  for (const launch of launches)
    for (const access of launch.accesses) {
      const operand = operands.get(placeOf(access));
      const writer = written.get(placeOf(access));
      const fits = operand !== undefined && writes(operand) === (writer !== undefined);
      if (fits) continue;
      yield aboutLaunches(
        role,
        [
          `${named(entry)} makes ${named(launch)}, which touches \`${access.buffer.name}\`[${access.instance}]`,
          operand === undefined
            ? "that is none of its operands"
            : `as its operand \`${operand.operand.name}\` it is ${writer === undefined ? "not only read" : "only read"}`,
        ],
        entry,
        launch,
      );
      return;
    }
  for (const operand of entry.accesses) yield* resultFault(role, entry, operand, launches);
  for (const { occurrence, access, sight } of valuesIn(launches).reads) {
    const usual = readsOf.get(access)?.sight;
    // What is lost or unwritten in its own place is for `memory` to tell.
    if (usual?.kind !== "seen") continue;
    const within =
      usual.value.writers.length > 0 && usual.value.writers.every((each) => launches.includes(each));
    const there = operands.get(placeOf(access));
    const atEntry = there === undefined ? undefined : readsOf.get(there)?.sight;
    const same = within
      ? sight.kind === "seen" && sameWriters(sight.value.writers, usual.value.writers)
      : sight.kind !== "lost" &&
        (sight.kind === "unwritten" || sight.value.writers.length === 0) &&
        atEntry?.kind === "seen" &&
        atEntry.value === usual.value;
    if (same) continue;
    yield aboutLaunches(
      role,
      [
        `${named(occurrence)} reads \`${access.buffer.name}\`[${access.instance}] as \`${access.operand.name}\``,
        `when ${named(entry)} makes it again, something else is there`,
      ],
      occurrence,
      entry,
    );
    return;
  }
}

const sameWriters = (left: readonly Occurrence[], right: readonly Occurrence[]): boolean =>
  left.length === right.length && left.every((each) => right.includes(each));

/** What is read behind the entry must be whole after all rounds: each writes the rows of its tokens. */
function* resultFault(
  role: RoleFacts["role"],
  entry: Occurrence,
  operand: Access,
  launches: readonly Occurrence[],
): Iterable<Counterexample> {
  if (operand.operand.access !== "update") return;
  const whole = launches.find(
    ({ launch, accesses }) =>
      accesses.some((each) => writes(each) && placeOf(each) === placeOf(operand)) &&
      (launch.kind !== "compute" || countsRows(launch)),
  );
  if (whole !== undefined)
    yield aboutLaunches(
      role,
      [
        `${named(entry)} hands on \`${operand.buffer.name}\`[${operand.instance}]`,
        `${named(whole)} does not write it token by token, so it holds the last round alone`,
      ],
      entry,
      whole,
    );
}

/** Reads of what passes among repeated launches, or of their result before the rounds have made it. */
function* outsiders(
  { role }: RoleFacts,
  repeats: readonly Repeat[],
  values: Values,
): Iterable<Counterexample> {
  const repeatOfLaunch = new Map(
    repeats.flatMap((repeat) => repeat.launches.map((launch) => [launch, repeat] as const)),
  );
  for (const { occurrence, access, sight } of values.reads) {
    if (sight.kind !== "seen") continue;
    for (const writer of sight.value.writers) {
      const repeat = repeatOfLaunch.get(writer);
      const isOutside =
        repeat !== undefined && repeat.entry !== occurrence && repeatOfLaunch.get(occurrence) !== repeat;
      const passed = writer.launch.kind === "rounds" && isScratch(writer, access);
      if (!isOutside && !passed) continue;
      yield aboutLaunches(
        role,
        [
          `${named(occurrence)} reads \`${access.buffer.name}\`[${access.instance}] as \`${access.operand.name}\``,
          passed
            ? `${named(writer)} leaves there what its last round needed`
            : `${named(writer)} writes it, and where ${named(repeat!.entry)} acts that has not happened yet`,
        ],
        writer,
        occurrence,
      );
      return;
    }
  }
}

const isScratch = (entry: Occurrence, read: Access): boolean =>
  entry.accesses.some((each) => !reads(each) && placeOf(each) === placeOf(read));
