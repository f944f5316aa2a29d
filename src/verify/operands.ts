// Law: a kernel launch has the operands that its part of the operator lists, under these names and with this access, and each is
// what its role says: the value of the node at that port, or its half of a gate; the node's own weight or state of that name; what
// another part of the node made under that name; what its exchange keeps under that name, or what a transfer brought.
import type { ComputeLaunch, OperandRole, PartOperand } from "../plan/index.js";
import { writes, type Access, type Facts, type Occurrence, type RoleFacts } from "./facts.js";
import { resultBefore } from "./producers.js";
import type { Counterexample } from "./result.js";
import { aboutLaunches, named } from "./story.js";
import { writersOf, type Read, type Value, type Values } from "./values.js";

export function* operandFaults(
  facts: Facts,
  { role, occurrences }: RoleFacts,
  values: Values,
): Iterable<Counterexample> {
  const parts = new PartReader(facts);
  const seen = new Set<ComputeLaunch>();
  for (const occurrence of occurrences) {
    const { launch } = occurrence;
    if (launch.kind !== "compute" || seen.has(launch)) continue;
    seen.add(launch);
    const story = listFault(parts, occurrence, launch);
    if (story !== undefined) {
      yield aboutLaunches(role, [named(occurrence), ...story], occurrence);
      return;
    }
  }
  for (const read of values.reads) {
    // A lost or unwritten value is for `memory` to tell.
    if (read.sight.kind !== "seen") continue;
    const meant = parts.roleOf(read.occurrence, read.access);
    if (meant === undefined) continue;
    yield* roleFault(facts, role, parts, meant, read, read.sight.value);
  }
}

/** Reads what the plan's operators say of launches and operands. */
class PartReader {
  /** By operator, part and operand. */
  readonly #parts = new Map<string, ReadonlyMap<string, PartOperand>>();

  constructor(readonly facts: Facts) {
    for (const { name, parts } of facts.plan.operators)
      for (const part of parts)
        this.#parts.set(keyOf(name, part.name), new Map(part.operands.map((each) => [each.name, each])));
  }

  /** Operands by name; undefined where the operator has no such part. */
  operandsOf(occurrence: Occurrence, part: string): ReadonlyMap<string, PartOperand> | undefined {
    return this.#parts.get(keyOf(this.facts.nodeOf(occurrence).op, part));
  }

  /** What an operand of a kernel is; undefined for transfers and the host. */
  roleOf(occurrence: Occurrence, access: Access): OperandRole | undefined {
    const { launch } = occurrence;
    if (launch.kind !== "compute") return undefined;
    return this.operandsOf(occurrence, launch.part)?.get(access.operand.name)?.role;
  }
}

const keyOf = (operator: string, part: string): string => JSON.stringify([operator, part]);

/** Why the operands of a launch are not those of its part. */
function listFault(
  parts: PartReader,
  occurrence: Occurrence,
  { part, operands }: ComputeLaunch,
): readonly string[] | undefined {
  const node = parts.facts.nodeOf(occurrence);
  const listed = parts.operandsOf(occurrence, part);
  if (listed === undefined) return [`operator \`${node.op}\` has no part \`${part}\``];
  const exchange = parts.facts.exchangeOf(occurrence.cell.block, node.id);
  const isLifted = exchange !== undefined && node.id !== exchange.dispatch && node.id !== exchange.combine;
  for (const { name, access } of operands) {
    const expected = listed.get(name);
    if (expected === undefined) return [`part \`${part}\` of \`${node.op}\` has no operand \`${name}\``];
    if (expected.access !== access)
      return [
        `its operand \`${name}\` is one to ${access}`,
        `part \`${part}\` of \`${node.op}\` will ${expected.access} it`,
      ];
  }
  const given = new Set(operands.map((each) => each.name));
  if (given.size !== operands.length) return ["has two operands of one name"];
  for (const { name, lifted_only } of listed.values())
    if (!given.has(name) && (isLifted || lifted_only !== true))
      return [`lacks operand \`${name}\` of part \`${part}\` of \`${node.op}\``];
  return undefined;
}

function* roleFault(
  facts: Facts,
  role: RoleFacts["role"],
  parts: PartReader,
  meant: OperandRole,
  { occurrence, access }: Read,
  value: Value,
): Iterable<Counterexample> {
  const wrong = (found: string, ...others: readonly Occurrence[]): Counterexample =>
    aboutLaunches(
      role,
      [
        `${named(occurrence)} reads \`${access.buffer.name}\`[${access.instance}] as \`${access.operand.name}\`, ${roleText(facts, occurrence, meant)}`,
        found,
      ],
      ...others,
      occurrence,
    );
  if (value.writers.length === 0) {
    if (!holdsInitially(meant, access)) yield wrong(`there it finds ${initText(access)}`);
    return;
  }
  for (const writer of writersOf(value, access)) {
    const made = writer.accesses.find(
      (each) => each.buffer === value.buffer && each.instance === value.instance && writes(each),
    );
    const made_as = made === undefined ? undefined : parts.roleOf(writer, made);
    if (made === undefined || isMade(facts, meant, occurrence, made_as, writer)) continue;
    yield wrong(
      `${named(writer)} has written it as \`${made.operand.name}\`${made_as === undefined ? "" : `, ${roleText(facts, writer, made_as)}`}`,
      writer,
    );
    return;
  }
}

/** Whether what a buffer holds before the step is what a role names. */
function holdsInitially({ kind, name }: OperandRole, { buffer: { init } }: Access): boolean {
  switch (init?.kind) {
    case "weight":
      return kind === "weight" && name === init.weight;
    case "state":
      return kind === "state" && name === init.state;
    case "table":
      return init.table === "atom_rows"
        ? kind === "segments" || (kind === "exchange" && name === "received")
        : kind === "exchange" && name === init.table;
    case "input":
      return kind === "input";
    case undefined:
      return false;
    default:
      return init satisfies never;
  }
}

/** Whether what a launch made, in a role or by a transfer, is what a reader's role names. */
function isMade(
  facts: Facts,
  meant: OperandRole,
  reader: Occurrence,
  made: OperandRole | undefined,
  writer: Occurrence,
): boolean {
  const node = facts.nodeOf(reader);
  const exchange = facts.exchangeOf(reader.cell.block, node.id);
  const ofDispatch = exchange !== undefined && node.inputs[meant.port ?? -1] === exchange.dispatch;
  const own = writer.launch.node === node.id && writer.layer === reader.layer;
  // Rounds stand for the launches that they make.
  if (writer.launch.kind === "rounds") return true;
  if (writer.launch.kind === "transfer")
    return meant.kind === "exchange" || meant.kind === "segments" || (meant.kind === "input" && ofDispatch);
  switch (meant.kind) {
    case "input": {
      if (ofDispatch && made?.kind === "exchange") return made.name === "expert_rows";
      return made?.kind === "output" && made.field === meant.field && isAtPort(facts, meant, reader, writer);
    }
    case "exchange": {
      // A combine may take what was dispatched, with no expert between.
      if (meant.name === "result_rows" && made?.kind === "output")
        return writer.launch.node === node.inputs[0];
      if (meant.name === "result_rows" && node.inputs[0] === exchange?.dispatch)
        return made?.kind === "exchange" && made.name === "expert_rows";
      return made?.kind === "exchange" && made.name === meant.name;
    }
    case "temporary":
    case "state":
      return own && made?.kind === meant.kind && made.name === meant.name;
    case "output":
      return own && made?.kind === "output" && made.field === meant.field;
    case "weight":
    case "segments":
      return false;
    default:
      return meant.kind satisfies never;
  }
}

/** Whether a writer is the node at a port of a reader's node, in its layer, or the layer before where that is the block's input. */
function isAtPort(facts: Facts, { port }: OperandRole, reader: Occurrence, writer: Occurrence): boolean {
  const input = facts.nodeOf(reader).inputs[port ?? -1];
  if (input !== facts.index.block(reader.cell.block).input.name)
    return writer.launch.node === input && writer.layer === reader.layer;
  const before = resultBefore(facts, reader.layer);
  return before !== undefined && writer.layer === before.layer && writer.launch.node === before.node;
}

function roleText(facts: Facts, occurrence: Occurrence, { kind, port, field, name }: OperandRole): string {
  const node = facts.nodeOf(occurrence);
  switch (kind) {
    case "input":
      return `${field === undefined ? "the value" : `the ${field}`} of \`${node.inputs[port ?? -1] ?? "nothing"}\``;
    case "output":
      return `${field === undefined ? "the value" : `the ${field}`} of \`${node.id}\``;
    case "weight":
    case "state":
    case "temporary":
      return `the ${kind} \`${name ?? ""}\` of \`${node.id}\``;
    case "segments":
      return "the rows of each expert";
    case "exchange":
      return `\`${name ?? ""}\` of its exchange`;
    default:
      return kind satisfies never;
  }
}

function initText({ buffer: { init } }: Access): string {
  switch (init?.kind) {
    case "weight":
      return `the weight \`${init.weight}\` of \`${init.node}\``;
    case "state":
      return `the state \`${init.state}\` of \`${init.node}\``;
    case "table":
      return `the table \`${init.table}\``;
    case "input":
      return "the model's input";
    case undefined:
      return "nothing";
    default:
      return init satisfies never;
  }
}
