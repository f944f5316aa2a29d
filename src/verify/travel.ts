// Where atoms are while the phases of an exchange run, and how messages lie in the buffers at both ends.
import {
  type AtomLayout,
  type Exchange,
  type HostRead,
  type Phase,
  type TransferLaunch,
} from "../plan/index.js";
import { describe, sizeOf, type AtomReader, type Atoms } from "./atoms.js";
import type { Facts } from "./facts.js";
import type { Message } from "./messages.js";
import { copiesFault, isOnePiece, sortKeys } from "./pieces.js";

/** Why a message does not fit the buffers that the launch gives its two ends; undefined where it does. */
export function messageFault(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  launch: TransferLaunch,
  read: HostRead | undefined,
  phase: Phase,
  { step, rank, to, atoms }: Message,
): readonly string[] | undefined {
  if (sizeOf(atoms) === 0) return undefined;
  const what = (): string =>
    `step ${step} of \`${launch.id}\`: rank ${rank} sends rank ${to} the atoms of ${describe(atoms)}`;
  for (const { operand, at } of [
    { operand: "send", at: rank },
    { operand: "receive", at: to },
  ]) {
    const fault = holdFault(facts, exchange, reader, launch, operand, at, atoms, true);
    if (fault !== undefined) return [what(), fault];
  }
  // Sizes of rows come from counts that the host has read; what a rank sent in the dispatch it gets back in the combine.
  if (phase.carries !== "counts" && read !== undefined) {
    const back = launch.node === exchange.combine;
    const [here, there] = back ? (["received", "sent"] as const) : (["sent", "received"] as const);
    for (const { operands, at } of [
      { operands: [here, there] as const, at: rank },
      { operands: [there, here] as const, at: to },
    ]) {
      const faultOf = (operand: string): string | undefined =>
        countFault(facts, exchange, reader, read, operand, at, atoms, phase);
      const [first, second] = operands;
      const fault = faultOf(first);
      if (fault !== undefined && faultOf(second) !== undefined)
        return [what(), `its size on rank ${at} comes from \`${read.id}\`: ${fault}`];
    }
  }
  const [send, receive] = [
    layoutOf(facts, exchange, launch, "send"),
    layoutOf(facts, exchange, launch, "receive"),
  ];
  if (!("layout" in send) || !("layout" in receive)) return undefined;
  for (const { layout, buffer } of [send, receive])
    if ((layout.copies === "only") !== (phase.carries === "copies"))
      return [
        what(),
        `it carries ${phase.carries}, but \`${buffer}\` holds ${layout.copies === "only" ? "copies" : "atoms one by one"}`,
      ];
  // Without copies, the atoms of one source can only be sorted by slot.
  const plain = send.layout.copies === undefined && receive.layout.copies === undefined;
  if (plain && atoms.sources.length === 1) return undefined;
  const [left, taken] = [send.layout, receive.layout].map((each) => sortKeys(reader, atoms, each));
  if (left !== taken) return [what(), `they leave sorted by ${left} and are taken as sorted by ${taken}`];
  return undefined;
}

/** Why what the host reads is not what its operands are for: what each rank sends, and what each receives. */
export function readFault(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  read: HostRead,
): readonly string[] | undefined {
  for (let rank = 0; rank < reader.ranks; rank++)
    for (const [operand, set] of [
      ["sent", { source: "rank", host: "all" }],
      ["received", { source: "all", host: "rank" }],
    ] as const) {
      const atoms = reader.read(set, rank);
      if ("problem" in atoms) return [atoms.problem];
      const fault = holdFault(facts, exchange, reader, read, operand, rank, atoms, false);
      if (fault === undefined) continue;
      return [
        `\`${read.id}\` on rank ${rank} reads as \`${operand}\` the counts of ${describe(atoms)}`,
        fault,
      ];
    }
  return undefined;
}

/** Why what the host reads in an operand does not tell how large a message of these atoms is; undefined where it does. */
function countFault(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  read: HostRead,
  operand: string,
  rank: number,
  atoms: Atoms,
  phase: Phase,
): string | undefined {
  const found = layoutOf(facts, exchange, read, operand);
  if ("layout" in found && (found.layout.copies ?? "none") !== "too" && phase.carries === "copies")
    return `\`${found.buffer}\` counts no copies`;
  return holdFault(facts, exchange, reader, read, operand, rank, atoms, false);
}

/** Why an operand does not hold these atoms, in one piece where that matters; undefined where it does. */
function holdFault(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  launch: TransferLaunch | HostRead,
  operand: string,
  rank: number,
  atoms: Atoms,
  inOnePiece: boolean,
): string | undefined {
  const found = layoutOf(facts, exchange, launch, operand);
  if ("problem" in found) return found.problem;
  const held = reader.held(found.layout, rank);
  if ("problem" in held) return `layout \`${found.layout.name}\` on rank ${rank}: ${held.problem}`;
  const copies = inOnePiece ? copiesFault(reader, atoms, found.layout) : undefined;
  if (copies !== undefined) return `layout \`${found.layout.name}\`: ${copies}`;
  const fits = isOnePiece(reader, atoms, held, found.layout);
  if (fits === "yes") return undefined;
  const buffer = `\`${found.buffer}\` of rank ${rank} (layout \`${found.layout.name}\`)`;
  if (fits === "missing") return `${buffer} holds only those of ${describe(held)}`;
  if (inOnePiece) return `in ${buffer} they do not lie in one piece`;
  return undefined;
}

/** Why ranks may differ on whether an exchange exceeds its bound: all of them must have read the counts of all. */
export function agreementFault(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  read: HostRead | undefined,
): readonly string[] | undefined {
  if (read === undefined)
    return [`no host reads the counts of \`${exchange.name}\`, by which it goes on in rounds or does not`];
  const all = reader.read({ source: "all", host: "all" }, 0);
  if ("problem" in all) return [all.problem];
  for (let rank = 0; rank < reader.ranks; rank++) {
    const fault = holdFault(facts, exchange, reader, read, "received", rank, all, false);
    if (fault !== undefined)
      return [
        `whether \`${exchange.name}\` goes on in rounds, rank ${rank} tells by the counts that \`${read.id}\` reads: ${fault}`,
        "ranks that know different counts may differ about it",
      ];
  }
  return undefined;
}

type LayoutFound = { readonly layout: AtomLayout; readonly buffer: string } | { readonly problem: string };

/** Every message of a launch asks for the same few. */
type LayoutsOfLaunches = Map<TransferLaunch | HostRead, Map<string, LayoutFound>>;
const knownLayouts = new WeakMap<Facts, LayoutsOfLaunches>();

/** The layout that an operand's buffer has its atoms in, or why it has none. */
export function layoutOf(
  facts: Facts,
  exchange: Exchange,
  launch: TransferLaunch | HostRead,
  name: string,
): LayoutFound {
  let ofFacts = knownLayouts.get(facts);
  if (ofFacts === undefined) knownLayouts.set(facts, (ofFacts = new Map() as LayoutsOfLaunches));
  let ofLaunch = ofFacts.get(launch);
  if (ofLaunch === undefined) ofFacts.set(launch, (ofLaunch = new Map<string, LayoutFound>()));
  let found = ofLaunch.get(name);
  if (found === undefined) ofLaunch.set(name, (found = findLayout(facts, exchange, launch, name)));
  return found;
}

function findLayout(
  facts: Facts,
  exchange: Exchange,
  launch: TransferLaunch | HostRead,
  name: string,
): LayoutFound {
  const operand = launch.operands.find((each) => each.name === name);
  const buffer = operand === undefined ? undefined : facts.index.buffer(operand.buffer);
  if (buffer === undefined) return { problem: `it has no operand \`${name}\`` };
  if (buffer.layout?.exchange !== exchange.name)
    return { problem: `\`${buffer.name}\`, its operand \`${name}\`, holds no atoms of \`${exchange.name}\`` };
  const layout = exchange.layouts.find((each) => each.name === buffer.layout?.layout);
  return layout === undefined
    ? { problem: `\`${buffer.name}\` has no layout` }
    : { layout, buffer: buffer.name };
}

export interface Leg {
  readonly phase: string;
  readonly messages: readonly Message[];
}

/** Follows every atom through the phases, and tells of the first that is not passed on from where it is to where it must be. */
export function travel(
  reader: AtomReader,
  legs: readonly Leg[],
  back: boolean,
): { readonly phase?: string; readonly story: readonly string[] } | undefined {
  const { slots } = reader.placement;
  const { hosts } = reader;
  const holder = new Int32Array(reader.ranks * slots);
  /** The message that carried each atom last, and its leg. */
  const carriers: ({ readonly leg: Leg; readonly message: Message } | undefined)[] = [];
  carriers.length = holder.length;
  for (let source = 0; source < reader.ranks; source++)
    for (let slot = 0; slot < slots; slot++) holder[source * slots + slot] = back ? hosts[slot]! : source;
  for (const leg of legs)
    for (const message of leg.messages) {
      const carrier = { leg, message };
      for (const source of message.atoms.sources)
        for (const slot of message.atoms.slots) {
          const atom = source * slots + slot;
          const earlier = carriers[atom];
          const tells = (): string =>
            `phase \`${leg.phase}\`, step ${message.step}: rank ${message.rank} sends atom (source ${source}, slot ${slot}) to rank ${message.to}`;
          if (earlier?.leg === leg)
            return {
              phase: leg.phase,
              story: [
                `step ${earlier.message.step}: rank ${earlier.message.rank} sends atom (source ${source}, slot ${slot}) to rank ${earlier.message.to}`,
                `${tells()} too: it is sent twice${back ? ", and its result would count twice" : ""}`,
              ],
            };
          if (holder[atom] !== message.rank)
            return { phase: leg.phase, story: [tells(), `but at that time rank ${holder[atom]!} has it`] };
          holder[atom] = message.to;
          carriers[atom] = carrier;
        }
    }
  for (let source = 0; source < reader.ranks; source++)
    for (let slot = 0; slot < slots; slot++) {
      const goal = back ? source : hosts[slot]!;
      const last = carriers[source * slots + slot];
      if (last === undefined)
        return { story: [`atom (source ${source}, slot ${slot}) is never sent; rank ${goal} waits for it`] };
      if (holder[source * slots + slot] !== goal)
        return {
          phase: last.leg.phase,
          story: [
            `phase \`${last.leg.phase}\`, step ${last.message.step}: rank ${last.message.rank} sends atom (source ${source}, slot ${slot}) to rank ${last.message.to}`,
            `there it stays, but it belongs to rank ${goal}`,
          ],
        };
    }
  return undefined;
}

/** Buffers that the transfers of a course receive into, where they do not get all that their layout holds. */
export function* fillsBuffers(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  launches: readonly TransferLaunch[],
  messages: ReadonlyMap<string, readonly Message[]>,
): Iterable<{ readonly launch: TransferLaunch; readonly story: readonly string[] }> {
  const received = new Map<string, { readonly launch: TransferLaunch; readonly atoms: Float64Array }>();
  for (const launch of launches) {
    const found = layoutOf(facts, exchange, launch, "receive");
    if ("problem" in found) continue;
    const other = received.get(found.buffer);
    if (other !== undefined && (launch.slots === undefined || other.launch.slots === undefined))
      yield {
        launch,
        story: [
          `\`${other.launch.id}\` and \`${launch.id}\` both fill \`${found.buffer}\``,
          "not both say which slots' rows they bring, so nobody can tell when all are there",
        ],
      };
    const { atoms } = other ?? { atoms: new Float64Array(reader.ranks) };
    for (const message of messages.get(launch.phase) ?? []) atoms[message.to]! += sizeOf(message.atoms);
    received.set(found.buffer, { launch, atoms });
  }
  for (const [buffer, { launch, atoms }] of received) {
    const found = layoutOf(facts, exchange, launch, "receive");
    if ("problem" in found) continue;
    for (const [rank, there] of atoms.entries()) {
      const held: Atoms | { readonly problem: string } = reader.held(found.layout, rank);
      if ("problem" in held || sizeOf(held) === there) continue;
      yield {
        launch,
        story: [
          `\`${buffer}\` of rank ${rank} gets ${there} atoms, but its layout holds ${sizeOf(held)}: ${describe(held)}`,
        ],
      };
    }
  }
}
