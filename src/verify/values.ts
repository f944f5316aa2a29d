// Which value each read sees: a walk in host order that keeps, for every byte, the value that lives there. Host order
// agrees with happens-before wherever `races` holds, so on such plans this is what every execution sees.
import type { Buffer } from "../plan/index.js";
import { reads, writes, type Access, type Occurrence, type RoleFacts } from "./facts.js";
import { missingSlot, touchOtherRows, withChunk, type Extent } from "./chunks.js";
import { segmentsOf } from "./segments.js";

/** What one instance of a buffer holds from one write to the next. */
export interface Value {
  readonly buffer: Buffer;
  readonly instance: number;
  /** The launches that wrote it: several where each wrote its part of the rows. Empty for what was there before the step. */
  readonly writers: readonly Occurrence[];
  /** What of its rows there is. */
  readonly extent: Extent;
  /** Set where a launch read it, or where it became part of a value of several writers. */
  used: boolean;
}

/**
 * How a read found its bytes. `lost`: another value was written over the one it wants, or over a part of it. `partial`: of the
 * rows that it wants, those of a slot are not there yet.
 */
export type Sight =
  | { readonly kind: "seen"; readonly value: Value }
  | { readonly kind: "unwritten" }
  | { readonly kind: "partial"; readonly value: Value; readonly slot: number }
  | { readonly kind: "lost"; readonly wanted: Value; readonly found: Value };

export interface Read {
  readonly occurrence: Occurrence;
  readonly access: Access;
  readonly sight: Sight;
}

/** The launches that wrote what an access sees of a value: of a chunk those of its slots. */
export function writersOf({ writers, buffer, instance }: Value, access: Access): readonly Occurrence[] {
  if (access.chunk === undefined) return writers;
  const wrote = (each: Access): boolean =>
    each.buffer === buffer && each.instance === instance && writes(each);
  return writers.filter(({ accesses }) =>
    accesses.some((each) => wrote(each) && !touchOtherRows(each, access)),
  );
}

/** A write onto bytes of a value of another buffer that must outlive the step: weights, tables, state. */
export interface Damage {
  readonly occurrence: Occurrence;
  readonly access: Access;
  readonly value: Value;
}

export interface Write {
  readonly occurrence: Occurrence;
  readonly access: Access;
  readonly value: Value;
}

export interface Values {
  readonly reads: readonly Read[];
  readonly writes: readonly Write[];
  readonly damages: readonly Damage[];
  /** The value that a buffer's instance holds when the step ends; undefined where it holds none, or not all of it. */
  atEnd(buffer: string, instance: number): Value | undefined;
}

const outlivesStep = ({ kind }: Buffer): boolean =>
  kind === "weights" || kind === "table" || kind === "state";
const isFilledBefore = (buffer: Buffer): boolean => outlivesStep(buffer) || buffer.kind === "input";

const known = new WeakMap<RoleFacts, Values>();

/** The values of a role; walked once. */
export function valuesOf(role: RoleFacts): Values {
  const values = known.get(role) ?? walk(role);
  known.set(role, values);
  return values;
}

const walk = ({ occurrences }: RoleFacts): Values => valuesIn(occurrences);

/** The values of launches that run one after the other. */
export function valuesIn(occurrences: readonly Occurrence[]): Values {
  const segments = segmentsOf(occurrences);
  const owner: (Value | undefined)[] = new Array<undefined>(segments.size).fill(undefined);
  const latest = new Map<string, { readonly access: Access; value: Value }>();
  const found = { reads: [] as Read[], writes: [] as Write[], damages: [] as Damage[] };
  const own = (access: Access, value: Value): void => {
    owner.fill(value, segments.first(access), segments.end(access));
    latest.set(keyOf(access.buffer.name, access.instance), { access, value });
  };
  for (const { accesses } of occurrences)
    for (const access of accesses) {
      const { buffer, instance } = access;
      if (isFilledBefore(buffer) && !latest.has(keyOf(buffer.name, instance)))
        own(access, { buffer, instance, writers: [], extent: undefined, used: false });
    }

  const look = (access: Access): Sight => {
    const wanted = latest.get(keyOf(access.buffer.name, access.instance))?.value;
    if (wanted === undefined) return { kind: "unwritten" };
    for (let at = segments.first(access); at < segments.end(access); at++) {
      const there = owner[at];
      if (there !== wanted && there !== undefined) return { kind: "lost", wanted, found: there };
    }
    return { kind: "seen", value: wanted };
  };
  const lookFor = (access: Access): Sight => {
    const sight = look(access);
    if (sight.kind !== "seen") return sight;
    const slot = missingSlot(sight.value.extent, access.chunk);
    return slot === undefined ? sight : { kind: "partial", value: sight.value, slot };
  };

  for (const occurrence of occurrences) {
    for (const access of occurrence.accesses.filter(reads)) {
      const sight = lookFor(access);
      if (sight.kind === "seen") sight.value.used = true;
      found.reads.push({ occurrence, access, sight });
    }
    for (const access of occurrence.accesses.filter(writes)) {
      const { buffer, instance } = access;
      for (let at = segments.first(access); at < segments.end(access); at++) {
        const there = owner[at];
        if (there && outlivesStep(there.buffer) && (there.buffer !== buffer || there.instance !== instance)) {
          found.damages.push({ occurrence, access, value: there });
          break;
        }
      }
      const sight = look(access);
      const before = sight.kind === "seen" ? sight.value.writers : [];
      const joins =
        access.operand.access === "write" && before.some((each) => writesAnotherPart(each, occurrence));
      const value: Value = {
        buffer,
        instance,
        writers: joins ? [...before, occurrence] : [occurrence],
        extent:
          access.chunk &&
          withChunk(joins && sight.kind === "seen" ? sight.value.extent : undefined, access.chunk),
        used: false,
      };
      if (joins && sight.kind === "seen") {
        value.used = sight.value.used;
        sight.value.used = true;
      }
      own(access, value);
      found.writes.push({ occurrence, access, value });
    }
  }
  return {
    ...found,
    atEnd(buffer, instance) {
      const last = latest.get(keyOf(buffer, instance));
      if (last === undefined) return undefined;
      const { chunk: _part, ...whole } = last.access;
      return lookFor(whole).kind === "seen" ? last.value : undefined;
    },
  };
}

const keyOf = (buffer: string, instance: number): string => `${buffer}\n${instance}`;

/** Whether two launches fill one value together: parts of the rows of one operator's part, or phases of one exchange. */
function writesAnotherPart(earlier: Occurrence, later: Occurrence): boolean {
  const [left, right] = [earlier.launch, later.launch];
  if (earlier.layer !== later.layer || earlier.microBatch !== later.microBatch || left.node !== right.node)
    return false;
  if (left.kind === "compute" && right.kind === "compute")
    return left.part === right.part && left.id !== right.id;
  return left.kind === "transfer" && right.kind === "transfer" && left.phase !== right.phase;
}
