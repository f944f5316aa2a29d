// Law: in every step of a phase, what a rank sends is what its peer receives, in one piece and in the same order at
// both ends. Over all steps each atom (source, slot) goes from its source to the slot's host in a dispatch (its rows,
// and before that its number of rows, of which others may learn too), and back to its source in a combine, once on each
// way. Experts find their rows sorted by slot. The tables that choose slots agree with what lives there. Where a token policy fixes the rows
// of atoms, their numbers do not travel, and what is checked names how many rows an atom has, beyond which pairs are dropped.
// Atoms are all there is to route, so this holds for every routing.
import type { Exchange, HostRead, Phase, TransferLaunch } from "../plan/index.js";
import type { AtomReader } from "./atoms.js";
import { carriedFault } from "./chunks.js";
import { courseName, distinctCourses, type Course } from "./courses.js";
import { copyFaults } from "./declared-copies.js";
import { expertRowFaults } from "./expert-rows.js";
import type { Facts } from "./facts.js";
import { dropText, fixedAtomRows } from "./fixed-rows.js";
import { messagesOf, type Message } from "./messages.js";
import { spread } from "./spread.js";
import { agreementFault, fillsBuffers, layoutOf, messageFault, readFault, travel } from "./travel.js";
import { count, type Counterexample, type Verdict } from "./result.js";
import { aboutPlan, storyLaunch } from "./story.js";
import { tableFaults } from "./tables.js";

const assumptions = [
  "kernels put each row into the atom of its source and slot, and atoms in the order of the buffer's layout",
  "ranks of one communicator follow the same tables",
];

export function delivery(facts: Facts): Verdict {
  const tally = { atoms: 0, messages: 0, tables: 0 };
  const drops = facts.plan.exchanges.flatMap((each) => dropText(facts, each) ?? []);
  const checked = (): string => [summary(tally), ...drops].join("; ");
  for (const fault of deliveryFaults(facts, tally))
    return { checked: checked(), assumptions, counterexample: fault };
  return { checked: checked(), assumptions };
}

const summary = ({ atoms, messages, tables }: { atoms: number; messages: number; tables: number }): string =>
  `${count(atoms, "atom")}, each with one path to its slot and one back, in ${count(messages, "message")}; ${count(tables, "placement table")}`;

function* deliveryFaults(
  facts: Facts,
  tally: { atoms: number; messages: number; tables: number },
): Iterable<Counterexample> {
  for (const placement of facts.plan.placements) {
    const gate = facts.index.node(placement.block, placement.gate);
    for (const [layer, tables] of placement.layers.entries()) {
      tally.tables++;
      for (const story of tableFaults(placement, tables))
        yield aboutPlan([`placement \`${placement.name}\`, tables ${layer}`, ...story], gate.span);
    }
  }
  const courses = distinctCourses(facts);
  for (const exchange of facts.plan.exchanges) {
    const reader = facts.atomReader(exchange);
    const messages = new Map<string, readonly Message[]>();
    for (const phase of exchange.phases) {
      const found = messagesOf(reader, exchange, phase);
      if ("story" in found) {
        yield about(facts, exchange, phase, found.story);
        return;
      }
      messages.set(phase.name, found.messages);
      tally.messages += found.messages.length;
    }
    tally.atoms += reader.ranks * reader.placement.slots;
    const sound = new Set<string>();
    for (const course of courses.filter((each) => each.block === exchange.block)) {
      const kind = courseKind(facts, exchange, course);
      if (sound.has(kind)) continue;
      let isSound = true;
      for (const { phase, story } of courseFaults(facts, exchange, reader, messages, course)) {
        isSound = false;
        yield about(facts, exchange, phase, story);
      }
      if (isSound) sound.add(kind);
    }
  }
  yield* copyFaults(facts);
  yield* expertRowFaults(facts);
}

/** All that `courseFaults` looks at, so that courses of one kind are checked once: phases, nodes, and which buffers hold what. */
function courseKind(facts: Facts, exchange: Exchange, { launches }: Course): string {
  const buffers = new Map<string, number>();
  const holds = (launch: TransferLaunch | HostRead, operand: string): readonly unknown[] => {
    const found = layoutOf(facts, exchange, launch, operand);
    if ("problem" in found) return [found.problem];
    const buffer = buffers.get(found.buffer) ?? buffers.size;
    buffers.set(found.buffer, buffer);
    return [found.layout.name, buffer];
  };
  return JSON.stringify(
    launches.map((launch) => {
      if (launch.kind === "compute" || launch.kind === "rounds" || launch.exchange !== exchange.name)
        return [];
      return launch.kind === "transfer"
        ? [launch.phase, launch.node, launch.slots, holds(launch, "send"), holds(launch, "receive")]
        : [holds(launch, "sent"), holds(launch, "received")];
    }),
  );
}

interface CourseFault {
  readonly phase: Phase | undefined;
  readonly story: readonly string[];
}

function* courseFaults(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  messages: ReadonlyMap<string, readonly Message[]>,
  course: Course,
): Iterable<CourseFault> {
  const where = courseName(course);
  const transfers = course.launches.filter(
    (each): each is TransferLaunch => each.kind === "transfer" && each.exchange === exchange.name,
  );
  const read = course.launches.find(
    (each): each is HostRead => each.kind === "read_counts" && each.exchange === exchange.name,
  );
  const phaseOf = (launch: TransferLaunch): Phase => facts.index.phase(exchange.name, launch.phase);
  for (const phase of exchange.phases) {
    const times = transfers.filter((each) => each.phase === phase.name).length;
    if (times !== 1)
      yield {
        phase,
        story: [
          `phase \`${phase.name}\` of \`${exchange.name}\` is launched ${times} times instead of once in ${where}`,
        ],
      };
  }
  const misread = read && readFault(facts, exchange, reader, read);
  if (misread !== undefined) yield { phase: exchange.phases[0], story: [where, ...misread] };
  if (exchange.tokens.overflow === "rounds") {
    const story = agreementFault(facts, exchange, reader, read);
    if (story !== undefined) yield { phase: undefined, story: [where, ...story] };
  }
  for (const launch of transfers) {
    const phase = phaseOf(launch);
    const carried = carriedFault(reader, launch, messages.get(phase.name) ?? []);
    if (carried !== undefined) yield { phase, story: [where, ...carried] };
    for (const message of messages.get(phase.name) ?? []) {
      const story = messageFault(facts, exchange, reader, launch, read, phase, message);
      if (story !== undefined) yield { phase, story: [where, ...story] };
    }
  }
  const dispatched = transfers.filter((each) => each.node === exchange.dispatch);
  const ways = [
    // Fixed numbers of rows need not travel.
    ...(fixedAtomRows(exchange) !== undefined
      ? []
      : [
          {
            what: "the number of rows of",
            goes: "to its slot's host",
            back: false,
            launches: dispatched.filter((each) => phaseOf(each).carries === "counts"),
          },
        ]),
    {
      what: "the rows of",
      goes: "to its slot's host",
      back: false,
      launches: dispatched.filter((each) => phaseOf(each).carries !== "counts"),
    },
    {
      what: "the rows of",
      goes: "back to its source",
      back: true,
      launches: transfers.filter((each) => each.node === exchange.combine),
    },
  ];
  for (const { what, goes, back, launches } of ways) {
    const legs = launches.map((each) => ({ phase: each.phase, messages: messages.get(each.phase) ?? [] }));
    const isTold = launches.some((each) => phaseOf(each).carries === "counts");
    const fault = isTold ? spread(reader, legs) : travel(reader, legs, back);
    if (fault !== undefined)
      yield {
        phase:
          launches.map(phaseOf).find((each) => each.name === fault.phase) ?? launches.map(phaseOf).at(-1),
        story: [`${where}: ${what} each atom must go ${goes}`, ...fault.story],
      };
  }
  for (const { launch, story } of fillsBuffers(facts, exchange, reader, transfers, messages))
    yield { phase: phaseOf(launch), story: [where, ...story] };
}

/** A counterexample that shows the first launch of the phase, where there is one. */
function about(
  facts: Facts,
  exchange: Exchange,
  phase: Phase | undefined,
  story: readonly string[],
): Counterexample {
  for (const { role, occurrences } of facts.roles)
    for (const each of occurrences)
      if (
        each.launch.kind === "transfer" &&
        each.launch.exchange === exchange.name &&
        each.launch.phase === phase?.name
      )
        return { story, spans: [each.launch.span], launches: [storyLaunch(role, role.ranks[0] ?? 0, each)] };
  return aboutPlan(story, facts.index.node(exchange.block, exchange.dispatch).span);
}
