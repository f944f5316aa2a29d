// Lays buffers out: weights, caches and what else lives through the step each in a region of its own; values of a layer
// share regions where their lives never meet. The largest buffers choose first.
import { InternalError } from "../../diagnostics/internal-error.js";
import { slotsOf } from "../../plan/chunks.js";
import { extend } from "../../plan/dimensions.js";
import { evaluate, largest, product, type Environment } from "../../plan/expression.js";
import type { Buffer, Expr, Launch, Memory, Region, Rounds } from "../../plan/types.gen.js";
import type { Issued } from "../overlap/happens-before.js";
import { HappensBefore } from "../overlap/happens-before.js";
import { ALIGNMENT_BYTES, instanceBytes, type BufferDraft } from "./buffers.js";
import { Lives } from "./lives.js";

interface Draft {
  readonly buffer: BufferDraft;
  readonly instanceBytes: Expr;
  readonly bytes: number;
}

/** Kinds whose contents outlive a layer, and buffers with several instances, never share. */
const shares = (buffer: BufferDraft): boolean =>
  (buffer.kind === "activation" || buffer.kind === "exchange" || buffer.kind === "counts") &&
  buffer.instances === 1;

export function layOut(
  drafts: readonly BufferDraft[],
  sequence: readonly Issued[],
  environment: Environment,
): Memory {
  const sizedDrafts = drafts.map((buffer): Draft => {
    const each = instanceBytes(buffer);
    return { buffer, instanceBytes: each, bytes: evaluate(product(buffer.instances, each), environment) };
  });
  const lives = livesOf(sequence);
  const groups: { readonly name: string; readonly members: Draft[] }[] = [];
  for (const draft of sizedDrafts.filter(({ buffer }) => !shares(buffer)))
    groups.push({ name: draft.buffer.name, members: [draft] });
  const sharing = sizedDrafts.filter(({ buffer }) => shares(buffer));
  const open: typeof groups = [];
  for (const draft of [...sharing].sort((a, b) => b.bytes - a.bytes)) {
    const group = open.find(({ members }) =>
      members.every((other) => lives.mayShare(other.buffer.name, draft.buffer.name)),
    );
    if (group === undefined) open.push({ name: `shared.${String(open.length)}`, members: [draft] });
    else group.members.push(draft);
  }
  return assemble([...groups, ...open], sizedDrafts, environment);
}

function livesOf(sequence: readonly Issued[]): Lives {
  const order = new HappensBefore();
  const lives = new Lives(order);
  const touch = (launch: Launch, layer: number, at: number): void => {
    const chunkOf = slotsOf(launch) === undefined ? undefined : layer;
    for (const operand of launch.operands)
      lives.touch(operand.buffer, at, operand.access !== "read", chunkOf);
  };
  sequence.forEach(({ launch, layer }, index) => {
    if (launch.kind !== "rounds") touch(launch, layer, order.issue(launch));
    else for (const each of repeated(sequence, index, launch)) touch(each, layer, order.issueAlone(launch));
  });
  return lives;
}

/** The launches that rounds make again, in order: the latest of their names, since a sequence with layers left out has others. */
function repeated(sequence: readonly Issued[], before: number, rounds: Rounds): Launch[] {
  return rounds.launches.map((id) => {
    for (let index = before - 1; index >= 0; index--) {
      const issued = sequence[index];
      if (issued?.launch.id === id) return issued.launch;
    }
    throw new InternalError(`${rounds.id} repeats ${id}, which was not issued before`);
  });
}

function assemble(
  groups: readonly { readonly name: string; readonly members: readonly Draft[] }[],
  drafts: readonly Draft[],
  environment: Environment,
): Memory {
  const ends: Record<string, number> = {};
  const inScope = extend(environment, ends);
  const value = (expr: Expr): { expr: Expr; value: number } => ({ expr, value: evaluate(expr, inScope) });
  let end: Expr = 0;
  const regions = groups.map(({ name, members }): Region => {
    const bytes = largest(
      ...distinct(members.map((each) => product(each.buffer.instances, each.instanceBytes))),
    );
    const region = { name, offset: value(end), bytes: value(bytes) };
    ends[`${name}.end`] = region.offset.value + region.bytes.value;
    end = `${name}.end`;
    return region;
  });
  const regionOf = new Map(
    groups.flatMap(({ name, members }) => members.map((each) => [each.buffer.name, name] as const)),
  );
  return {
    alignment_bytes: ALIGNMENT_BYTES,
    regions,
    total: value(end),
    buffers: drafts.map(({ buffer, instanceBytes: each }): Buffer => {
      const region = regionOf.get(buffer.name);
      if (region === undefined) throw new InternalError(`${buffer.name} has no region`);
      const { name, kind, precision, shape, layout, init } = buffer;
      return {
        name,
        kind,
        precision,
        shape,
        instances: value(buffer.instances),
        instance_bytes: value(each),
        region,
        ...(layout === undefined ? {} : { layout }),
        ...(init === undefined ? {} : { init }),
      };
    }),
  };
}

/** Different expressions only; `max(a, a)` says no more than `a`. */
function distinct(exprs: readonly Expr[]): Expr[] {
  return [...new Map(exprs.map((each) => [JSON.stringify(each), each])).values()];
}
