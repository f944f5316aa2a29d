// What one execution of a plan's launches one after the other, in host order, makes of its bytes: which launch wrote what each
// read finds. Written anew for the tests, apart from the verifier, which it judges.
import {
  areApart,
  chunkedSlots,
  expandTimeline,
  isOnHost,
  isRunTimeCount,
  namesIn,
  PlanIndex,
  slotsOf,
  type Buffer,
  type LaunchInstance,
  type LaunchPlan,
  type Operand,
  type SlotRange,
} from "../../../src/plan/index.js";

/** Bytes that a launch touches: of the rows of an exchange, those of some slots in one use of it. */
export interface Touch {
  readonly operand: Operand;
  readonly begin: number;
  readonly end: number;
  readonly chunk?: { readonly use: string; readonly slots: SlotRange; readonly of: number };
}

/** A launch of the timeline under a name that stays its own wherever it is moved. */
export interface Step extends LaunchInstance {
  readonly key: string;
  readonly touches: readonly Touch[];
}

/** Every launch of the only role, in host order. */
export function stepsOf(plan: LaunchPlan): readonly Step[] {
  const index = new PlanIndex(plan);
  const times = new Map<string, number>();
  return expandTimeline(plan, plan.roles[0]!).map((each) => {
    const { launch, cell, layer, microBatch } = each;
    const name = `${cell.name}.${launch.id} ${layer} ${microBatch}`;
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    const slots = slotsOf(launch);
    const touches = launch.operands.map((operand): Touch => {
      const { begin, end } = index.addressOf(operand, layer);
      const buffer = index.buffer(operand.buffer);
      const ofRows = buffer.layout?.exchange === launch.exchange && buffer.kind !== "counts";
      if (slots === undefined || launch.exchange === undefined || !ofRows) return { operand, begin, end };
      const of = chunkedSlots(index.exchange(launch.exchange));
      return { operand, begin, end, chunk: { use: `${launch.exchange} ${layer} ${microBatch}`, slots, of } };
    });
    return { ...each, key: `${name} #${time}`, touches };
  });
}

const writes = ({ operand }: Touch): boolean => operand.access !== "read";

/** Whether the order of two touches can matter. */
export const conflict = (one: Touch, other: Touch): boolean =>
  (writes(one) || writes(other)) &&
  one.begin < other.end &&
  other.begin < one.end &&
  !(
    one.chunk !== undefined &&
    other.chunk !== undefined &&
    one.chunk.use === other.chunk.use &&
    areApart(one.chunk.slots, other.chunk.slots)
  );

/** What is in a run of bytes: all of it from one write, or the rows of single slots from several. */
type Content =
  | { readonly kind: "whole"; readonly from: string; readonly begin: number }
  | {
      readonly kind: "slots";
      readonly use: string;
      readonly of: number;
      /** What was there before: rows that no slot's write has replaced. */
      readonly below: string;
      readonly from: ReadonlyMap<number, string>;
      readonly begin: number;
    };

const slotNumbers = ({ first, count }: SlotRange): readonly number[] =>
  Array.from({ length: count }, (_, at) => first + at);

/** Content as seen from an address, with how far the bytes have moved since they were written. */
function seen(content: Content, from: number, chunk: Touch["chunk"]): string {
  const moved = from - content.begin;
  if (content.kind === "whole") return `${content.from}+${moved}`;
  const slots =
    chunk?.use === content.use ? slotNumbers(chunk.slots) : slotNumbers({ first: 0, count: content.of });
  const parts = slots.map((slot) => content.from.get(slot) ?? content.below);
  return `${[...new Set(parts)].sort().join(" & ")}+${moved}`;
}

/** Memory as a row of segments, cut wherever some touch begins or ends. */
class Bytes {
  readonly #cuts: readonly number[];
  readonly #at: ReadonlyMap<number, number>;
  readonly #content: Content[];

  constructor(touches: readonly Pick<Touch, "begin" | "end">[]) {
    this.#cuts = [...new Set(touches.flatMap(({ begin, end }) => [begin, end]))].sort((a, b) => a - b);
    this.#at = new Map(this.#cuts.map((cut, at) => [cut, at]));
    this.#content = this.#cuts.map((begin) => ({ kind: "whole", from: "nothing", begin }));
  }

  read({ begin, end, chunk }: Omit<Touch, "operand">): string {
    const parts: string[] = [];
    let last: string | undefined;
    for (let at = this.#at.get(begin)!; at < this.#at.get(end)!; at++) {
      const text = seen(this.#content[at]!, begin, chunk);
      if (text !== last) parts.push(`${this.#cuts[at]! - begin}: ${text}`);
      last = text;
    }
    return parts.join("; ");
  }

  write({ begin, end, chunk }: Omit<Touch, "operand">, from: string): void {
    for (let at = this.#at.get(begin)!; at < this.#at.get(end)!; at++) {
      const there = this.#content[at]!;
      if (chunk === undefined) {
        this.#content[at] = { kind: "whole", from, begin };
        continue;
      }
      const { use, of, slots } = chunk;
      const joins = there.kind === "slots" && there.use === use && there.begin === begin;
      this.#content[at] = {
        kind: "slots",
        use,
        of,
        begin,
        below: joins ? there.below : seen(there, begin, undefined),
        from: new Map([
          ...(joins ? there.from : []),
          ...slotNumbers(slots).map((slot) => [slot, from] as const),
        ]),
      };
    }
  }
}

/** What every read of every launch finds, what the step ends with, and the counts that the host holds when it issues a launch. */
export function traceOf(plan: LaunchPlan, steps: readonly Step[]): ReadonlyMap<string, string> {
  const index = new PlanIndex(plan);
  const instances = plan.memory.buffers.flatMap((buffer) =>
    Array.from({ length: buffer.instances.value }, (_, instance) => {
      const begin = index.region(buffer.region).offset.value + instance * buffer.instance_bytes.value;
      return { buffer, name: `${buffer.name}[${instance}]`, begin, end: begin + buffer.instance_bytes.value };
    }),
  );
  const bytes = new Bytes([...instances, ...steps.flatMap(({ touches }) => touches)]);
  const found = new Map<string, string>();
  for (const each of instances) if (each.buffer.init !== undefined) bytes.write(each, `init ${each.name}`);
  const held = new Map<string, string>();
  for (const { key, launch, microBatch, touches } of steps) {
    for (const touch of touches)
      if (touch.operand.access !== "write") found.set(`${key} ${touch.operand.name}`, bytes.read(touch));
    for (const touch of touches) if (writes(touch)) bytes.write(touch, `${key} ${touch.operand.name}`);
    const use = `${launch.exchange ?? ""} ${microBatch}`;
    if (launch.kind === "read_counts") held.set(use, key);
    else if (needsCounts(index, launch)) found.set(`${key} counts`, held.get(use) ?? "none");
  }
  for (const each of instances)
    if (outlives(each.buffer.kind)) found.set(`end ${each.name}`, bytes.read(each));
  return found;
}

/** Whether somebody looks at a buffer when the step has ended. */
const outlives = (kind: Buffer["kind"]): boolean =>
  kind === "weights" || kind === "table" || kind === "state" || kind === "output";

/** Whether the host must know counts to issue a launch. */
export function needsCounts(index: PlanIndex, launch: LaunchInstance["launch"]): boolean {
  switch (launch.kind) {
    case "compute":
      return [launch.rows.begin, launch.rows.end].some(({ expr }) => namesIn(expr).some(isRunTimeCount));
    case "transfer":
      return index.phase(launch.exchange, launch.phase).carries !== "counts";
    case "rounds":
      return true;
    case "read_counts":
      return false;
    default:
      return launch satisfies never;
  }
}

/** [step] the steps that have ended, on every execution, when it begins. */
export function ancestorsOf(plan: LaunchPlan, steps: readonly Step[]): readonly Set<number>[] {
  const index = new PlanIndex(plan);
  const last = new Map<string, number>();
  const sets: Set<number>[] = [];
  for (const [at, { launch }] of steps.entries()) {
    const own = isOnHost(launch) ? "host" : `stream ${launch.stream}`;
    const communicator = launch.kind === "transfer" ? `group ${index.communicatorOf(launch)}` : own;
    const set = new Set<number>();
    for (const key of ["host", own, communicator, ...launch.waits.map((event) => `event ${event}`)]) {
      const earlier = last.get(key);
      if (earlier === undefined || set.has(earlier)) continue;
      set.add(earlier);
      for (const each of sets[earlier]!) set.add(each);
    }
    sets.push(set);
    const records = isOnHost(launch) ? [] : launch.records.map((event) => `event ${event}`);
    for (const key of [own, communicator, ...records]) last.set(key, at);
  }
  return sets;
}
