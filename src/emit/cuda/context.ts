// What functions of the emitted program are called and refer to, in one place.
import {
  isRunTimeCount,
  PlanIndex,
  slotOfCount,
  type Block,
  type Exchange,
  type Expr,
  type LaunchPlan,
  type TensorType,
} from "../../plan/index.js";
import { constant, pascal, Scope, snake } from "./cpp/names.js";
import { atom, call, member, type Expression } from "./cpp/tree.js";
import { toCpp } from "./expressions.js";
import { MemoryMap } from "./memory.js";
import { STEP_INDEX } from "./steps.js";
import { constantNames, type PlanNames } from "./plan-header.js";

/** Parameters of functions that issue a launch. */
export const LAYER = atom("layer");
export const MICRO_BATCH = atom("m");

/** A value that is copied aside for validation. */
export interface CapturedNode {
  readonly node: string;
  readonly kind: "kResult" | "kChoice" | "kPairRows";
  readonly type: TensorType;
}

/** Variables of functions: the layer, the rank's index in a communicator, and in the steps of a phase their number and both ends. */
const VARIABLES = new Set(["layer", "rank", STEP_INDEX, "to", "from"]);

/** Constants that the program has besides those of the plan. */
const OWN_CONSTANTS =
  "world, miniature, micro batches, memory bytes, plan facts, all tokens, counts, begins, round, roles, blocks, layers, weights, tables, " +
  "states, inputs, phases";

export class ProgramNames implements PlanNames {
  readonly index: PlanIndex;
  readonly memory: MemoryMap;
  readonly constants = new Scope(constant);
  readonly names = constantNames(this.constants);
  readonly bufferSizes = new Map<string, Expr>();
  /** By the text of a size, its constant. */
  readonly #sizes = new Map<string, string>();
  readonly #members = new Scope(snake);
  readonly #types = new Scope(pascal);
  readonly #namespaces = new Scope(snake);
  readonly #cells = new Scope(snake);

  constructor(readonly plan: LaunchPlan) {
    this.index = new PlanIndex(plan);
    this.memory = new MemoryMap(this.index);
    // What the program itself calls so.
    for (const own of OWN_CONSTANTS.split(", ")) this.constants.of(`own ${own}`, own);
    for (const { name, instance_bytes } of plan.memory.buffers) {
      const text = JSON.stringify(instance_bytes.expr);
      if (this.#sizes.has(text)) continue;
      const own = this.constants.of(`size ${text}`, `${name.replace(/@\d+$/, "")} bytes`);
      this.#sizes.set(text, own);
      this.bufferSizes.set(own, instance_bytes.expr);
    }
    for (const own of ["rank", "memory", "events", "step"]) this.#members.of(`own ${own}`, own);
    this.#namespaces.of("own cells", "cells");
  }

  /** An expression of the plan in the body of a function: dimensions, `layer`, `rank`, the step's index and run-time counts. */
  cpp = (expr: Expr): Expression =>
    toCpp(
      expr,
      (name) => {
        if (VARIABLES.has(name)) return atom(name);
        return isRunTimeCount(name) ? this.#count(name) : this.names(name);
      },
      this.#known,
    );

  size = (expr: Expr): Expression => toCpp(expr, this.names, this.#known);

  readonly #known = (expr: Expr): Expression | undefined => {
    const own = this.#sizes.get(JSON.stringify(expr));
    return own === undefined ? undefined : atom(own);
  };

  #count(name: string): Expression {
    const at = name.lastIndexOf(".");
    const counts = this.counts(this.index.exchange(name.slice(0, at)));
    const which = name.slice(at + 1);
    const slot = slotOfCount(which);
    return slot === undefined ? call(member(counts, which)) : call(member(counts, "before"), atom(slot));
  }

  /** `p.ep` */
  communicator = (group: string): Expression => member(atom("p"), this.communicatorName(group));
  communicatorName = (group: string): string => this.#members.of(`communicator ${group}`, group);
  streamName = (stream: string): string => this.#members.of(`stream ${stream}`, stream);
  stream = (stream: string): Expression => member(atom("p"), this.streamName(stream));

  /** `p.moe_routed_dispatch` */
  exchange = ({ name }: Exchange): Expression => member(atom("p"), this.exchangeName(name));
  exchangeName = (name: string): string => this.#members.of(`exchange ${name}`, name);
  exchangeType = (name: string): string => this.#types.of(name);
  layoutName = (layout: string): string => snake(layout);
  counts = (exchange: Exchange): Expression =>
    call(member(this.exchange(exchange), "counts"), LAYER, MICRO_BATCH);

  placementName = (name: string): string => this.constants.of(`placement ${name}`, name);
  namespaceOf = (block: string): string => this.#namespaces.of(block);
  cellName = (cell: string): string => this.#cells.of(cell);

  /** What validation wants of a block, in the order of its nodes, then of exchanges that may drop pairs. */
  captured({ name, nodes, result }: Block): readonly CapturedNode[] {
    const values = nodes.flatMap(({ id, output }): CapturedNode[] =>
      id === result || output.kind === "gate"
        ? [{ node: id, kind: output.kind === "gate" ? "kChoice" : "kResult", type: output }]
        : [],
    );
    const drops = this.plan.exchanges.filter((each) => each.block === name && each.atom_rows !== undefined);
    return [
      ...values,
      ...drops.map(({ dispatch, gate }): CapturedNode => ({
        node: dispatch,
        kind: "kPairRows",
        type: this.index.node(name, gate).output,
      })),
    ];
  }
}
