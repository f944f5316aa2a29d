// Damage to memory: regions that shrink, overlap or stand askew, and buffers that share one while they are needed.
import type { Buffer, Expr, LaunchPlan, Region } from "../../../src/plan/index.js";
import { ofLaunches, ofNamed, type Damage, type MutantKind } from "./mutant.js";

const ofRegions = (plan: LaunchPlan, damages: (region: Region, at: number) => Iterable<Damage<Region>>) =>
  ofNamed(plan, ({ memory }) => memory.regions, damages);
const ofBuffers = (plan: LaunchPlan, damages: (buffer: Buffer) => Iterable<Damage<Buffer>>) =>
  ofNamed(plan, ({ memory }) => memory.buffers, damages);

/** Puts a buffer into another region, which grows where it is too small. */
function moveTo({ memory }: LaunchPlan, buffer: Buffer, region: string): void {
  buffer.region = region;
  const { instances, instance_bytes: bytes } = buffer;
  const target = memory.regions.find(({ name }) => name === region)!;
  target.bytes.expr = ["max", target.bytes.expr, ["*", instances.expr, bytes.expr]];
}

const buffersOf = (plan: LaunchPlan, name: string): Buffer =>
  plan.memory.buffers.find((each) => each.name === name)!;

export const memoryKinds: readonly MutantKind[] = [
  {
    name: "a region shrunk",
    mutants: (plan) =>
      ofRegions(plan, () => [
        {
          apply: ({ bytes }, { memory }) => {
            bytes.expr = ["-", bytes.expr, memory.alignment_bytes];
          },
        },
      ]),
  },
  {
    name: "a region moved onto the one before",
    mutants: (plan) =>
      ofRegions(plan, (_, at) =>
        at === 0
          ? []
          : [
              {
                what: "from its beginning on",
                apply: (region, { memory }) => {
                  region.offset.expr = memory.regions[at - 1]!.offset.value;
                },
              },
              {
                what: "by one unit",
                apply: ({ offset }, { memory }) => {
                  offset.expr = ["-", offset.expr, memory.alignment_bytes];
                },
              },
            ],
      ),
  },
  {
    name: "a region askew",
    mutants: (plan) =>
      ofRegions(plan, () => [
        {
          apply: (region) => {
            region.offset.expr = ["+", region.offset.expr, 1];
          },
        },
      ]),
  },
  {
    name: "memory that ends too early",
    mutants: () => [
      {
        place: "total",
        apply: ({ memory }) => {
          memory.total = { expr: memory.total.value - 1, value: memory.total.value - 1 };
        },
      },
      {
        place: "device",
        apply: ({ memory, machine }) => {
          machine.gpu.memory_bytes = memory.total.value - 1;
        },
      },
    ],
  },
  {
    name: "a buffer in another region",
    mutants: (plan) =>
      ofBuffers(plan, ({ region: usual }) =>
        plan.memory.regions
          .filter(({ name }) => name !== usual)
          .map(({ name }) => ({
            what: name,
            apply: (buffer, mutant) => moveTo(mutant, buffer, name),
          })),
      ),
  },
  {
    name: "two operands of one launch in one region",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: { operands } }) =>
        operands
          .filter(({ access }) => access === "write")
          .flatMap((target) =>
            operands
              .filter((each) => each !== target)
              .map((other) => ({
                what: `${target.name} on ${other.name}`,
                apply: (_, mutant) =>
                  moveTo(mutant, buffersOf(mutant, target.buffer), buffersOf(mutant, other.buffer).region),
                harmless: () =>
                  buffersOf(plan, target.buffer).region === buffersOf(plan, other.buffer).region
                    ? "they are one region already"
                    : undefined,
              })),
          ),
      ),
  },
  {
    name: "a buffer of fewer instances",
    mutants: (plan) =>
      ofBuffers(plan, ({ instances: { value } }) =>
        value < 2
          ? []
          : [
              {
                apply: ({ instances }) => {
                  instances.expr = ["-", instances.expr, 1];
                },
              },
            ],
      ),
  },
  {
    name: "a buffer of one instance for all uses",
    mutants: (plan) =>
      ofBuffers(plan, ({ instances: { value } }) =>
        value < 2
          ? []
          : [
              {
                apply: (buffer, { cells }) => {
                  buffer.instances.expr = 1;
                  for (const { operands } of cells.flatMap(({ launches }) => launches))
                    for (const each of operands) if (each.buffer === buffer.name) each.instance = 0;
                },
              },
            ],
      ),
  },
  {
    name: "smaller instances of a buffer",
    mutants: (plan) =>
      ofBuffers(plan, () => [
        {
          apply: ({ instance_bytes: bytes }, { memory }) => {
            bytes.expr = ["-", bytes.expr, memory.alignment_bytes];
          },
        },
      ]),
  },
  {
    name: "a buffer one shorter",
    mutants: (plan) =>
      ofBuffers(plan, ({ shape }) =>
        shape.map((extent: Expr, at) => ({
          what: `extent ${at}`,
          apply: (buffer) => {
            buffer.shape[at] = ["-", extent, 1];
          },
        })),
      ),
  },
  {
    name: "a buffer of another precision",
    mutants: (plan) =>
      ofBuffers(plan, ({ precision: usual }) =>
        plan.precisions
          .filter((each) => each.class !== usual)
          .map((each) => ({
            what: each.class,
            apply: (buffer) => {
              buffer.precision = each.class;
            },
          })),
      ),
  },
  {
    name: "a buffer of another kind",
    mutants: (plan) =>
      ofBuffers(plan, ({ kind: usual }) =>
        (["weights", "table", "state", "input", "output", "activation", "exchange", "counts"] as const)
          .filter((kind) => kind !== usual)
          .map((kind) => ({
            what: kind,
            apply: (buffer) => {
              buffer.kind = kind;
            },
          })),
      ),
  },
];
