// Law: regions lie side by side within the device, buffers within their regions; buffers have room for what they must
// hold under every routing within bounds; and no value is overwritten while a later launch still reads it, nor read
// before something was written. Weights, tables and state outlive the step.
import type { Buffer, LaunchPlan } from "../plan/index.js";
import type { Facts, RoleFacts } from "./facts.js";
import { count, grouped, type Counterexample, type Verdict } from "./result.js";
import { roomFaults } from "./room.js";
import { aboutLaunches, aboutPlan, bytesOf, named, place } from "./story.js";
import { valuesOf, type Read, type Values } from "./values.js";

const assumptions = [
  "launches that touch the same bytes run in the order that `races` proves",
  "the runtime itself needs no device memory beyond the plan's",
];

export function memory(facts: Facts): Verdict {
  const seen = facts.roles.map((role) => valuesOf(role));
  const readCount = seen.reduce((sum, each) => sum + each.reads.length, 0);
  const writeCount = seen.reduce((sum, each) => sum + each.writes.length, 0);
  const { buffers, regions, total } = facts.plan.memory;
  const checked = `${count(buffers.length, "buffer")} in ${count(regions.length, "region")} of ${grouped(total.value)} bytes; ${count(writeCount, "value")} and ${count(readCount, "read")} of them`;
  for (const counterexample of faults(facts, seen)) return { checked, assumptions, counterexample };
  return { checked, assumptions };
}

function* faults(facts: Facts, seen: readonly Values[]): Iterable<Counterexample> {
  yield* layoutFaults(facts.plan);
  yield* roomFaults(facts);
  for (const [at, role] of facts.roles.entries()) yield* valueFaults(role, seen[at]!);
}

function* layoutFaults(plan: LaunchPlan): Iterable<Counterexample> {
  const { regions, buffers, total, alignment_bytes } = plan.memory;
  const inOrder = [...regions].sort((left, right) => left.offset.value - right.offset.value);
  for (const [at, { name, offset, bytes }] of inOrder.entries()) {
    const end = offset.value + bytes.value;
    if (offset.value % alignment_bytes !== 0)
      yield aboutPlan([
        `region \`${name}\` begins at byte ${grouped(offset.value)}, which is not a multiple of ${alignment_bytes}`,
      ]);
    if (end > total.value)
      yield aboutPlan([`region \`${name}\` ends at byte ${grouped(end)} of ${grouped(total.value)}`]);
    const next = inOrder[at + 1];
    if (next !== undefined && next.offset.value < end && next.bytes.value > 0 && bytes.value > 0)
      yield aboutPlan([
        `region \`${name}\` covers bytes ${grouped(offset.value)} to ${grouped(end)}`,
        `region \`${next.name}\` begins at ${grouped(next.offset.value)}, within it`,
      ]);
  }
  if (total.value > plan.machine.gpu.memory_bytes)
    yield aboutPlan(
      [`a rank needs ${grouped(total.value)} bytes, a GPU has ${grouped(plan.machine.gpu.memory_bytes)}`],
      plan.schedule.span,
      plan.machine.span,
    );
  const sizes = new Map(regions.map((each) => [each.name, each.bytes.value]));
  for (const { name, region, instances, instance_bytes } of buffers) {
    const bytes = instances.value * instance_bytes.value;
    if (bytes > sizes.get(region)!)
      yield aboutPlan([
        `buffer \`${name}\` has ${count(instances.value, "instance")} of ${grouped(instance_bytes.value)} bytes`,
        `its region \`${region}\` has ${grouped(sizes.get(region)!)} bytes`,
      ]);
    if (instance_bytes.value % alignment_bytes !== 0)
      yield aboutPlan([
        `an instance of buffer \`${name}\` takes ${grouped(instance_bytes.value)} bytes, not a multiple of ${alignment_bytes}`,
      ]);
  }
}

function* valueFaults(role: RoleFacts, values: Values): Iterable<Counterexample> {
  for (const { occurrence, access } of values.writes)
    if (access.buffer.kind === "weights" || access.buffer.kind === "table" || access.buffer.kind === "input")
      yield aboutLaunches(
        role.role,
        [
          `${named(occurrence)} writes ${bytesOf(access)}`,
          `a buffer of kind ${access.buffer.kind} is filled before the step and only read`,
        ],
        occurrence,
      );
  for (const { occurrence, access, value } of values.damages)
    yield aboutLaunches(
      role.role,
      [
        `${named(occurrence)} on ${place(occurrence)} writes ${bytesOf(access)}`,
        `these bytes hold \`${value.buffer.name}\`[${value.instance}], ${value.buffer.kind} that must outlive the step`,
      ],
      occurrence,
    );
  for (const read of values.reads) {
    const fault = readFault(role, read);
    if (fault !== undefined) yield fault;
  }
}

function readFault({ role }: RoleFacts, { occurrence, access, sight }: Read): Counterexample | undefined {
  if (sight.kind === "seen") return undefined;
  const reader = `${named(occurrence)} on ${place(occurrence)} reads ${bytesOf(access)}`;
  switch (sight.kind) {
    case "unwritten":
      return aboutLaunches(role, [reader, "nothing has written it before"], occurrence);
    case "partial": {
      const { writers } = sight.value;
      return aboutLaunches(
        role,
        [
          `${writers.map(named).join(" and ")} wrote ${describe(sight.value)}, each the rows of its slots`,
          reader,
          `nothing has written the rows of slot ${sight.slot} of the rank before`,
        ],
        ...writers,
        occurrence,
      );
    }
    case "lost": {
      const writer = sight.wanted.writers.at(-1);
      const thief = sight.found.writers.at(-1);
      return aboutLaunches(
        role,
        [
          writer === undefined
            ? `${describe(sight.wanted)} is filled before the step`
            : `${named(writer)} writes ${describe(sight.wanted)}`,
          thief === undefined
            ? `${describe(sight.found)} is filled before the step and shares its bytes`
            : `${named(thief)} writes ${describe(sight.found)}, which shares its bytes`,
          reader,
        ],
        ...(writer === undefined ? [] : [writer]),
        ...(thief === undefined ? [] : [thief]),
        occurrence,
      );
    }
    default:
      return sight satisfies never;
  }
}

const describe = ({ buffer, instance }: { readonly buffer: Buffer; readonly instance: number }): string =>
  `\`${buffer.name}\`[${instance}]`;
