// What differs between two blocks of one name: operators that only one has, that read something else, or are set otherwise.
import type { Block, Expr, Node } from "../../plan/index.js";
import { matchNodes, type Matching } from "./match-nodes.js";
import type { Pair } from "./pair.js";

export type NodeChange =
  | {
      readonly kind: "node_removed" | "node_added";
      readonly block: string;
      readonly node: string;
      /** As a model would write it, settings included. */
      readonly call: string;
    }
  | {
      readonly kind: "node_changed";
      readonly block: string;
      readonly nodes: Pair<string>;
      /** What is not as it was: `operator`, `inputs`, or names of settings. */
      readonly changed: readonly string[];
      /** With the settings that changed alone. */
      readonly calls: Pair<string>;
    }
  | { readonly kind: "node_renamed"; readonly block: string; readonly nodes: Pair<string> }
  | { readonly kind: "result_changed"; readonly block: string; readonly values: Pair<string> };

/** The value of an expression, by the dimensions of a plan. */
export type ValueOf = (expr: Expr) => number;

export function changedNodes([a, b]: Pair<Block>, valuesOf: Pair<ValueOf>): readonly NodeChange[] {
  const block = b.name;
  const matching = matchNodes(a, b, (one, other) => changedSettings([one, other], valuesOf).length === 0);
  const counterparts = new Set(matching.values());
  const [callOfA, callOfB] = valuesOf.map(
    (valueOf) =>
      (node: Node, only?: readonly string[]): string =>
        callText(node, settingsOf(node, valueOf), only),
  ) as [CallText, CallText];
  const removed = a.nodes
    .filter(({ id }) => !counterparts.has(id))
    .map((node) => ({ kind: "node_removed", block, node: node.id, call: callOfA(node) }) as const);
  const others = b.nodes.flatMap((node): readonly NodeChange[] => {
    const before = a.nodes.find(({ id }) => id === matching.get(node.id));
    if (before === undefined) return [{ kind: "node_added", block, node: node.id, call: callOfB(node) }];
    const nodes = [before.id, node.id] as const;
    const settings = changedSettings([before, node], valuesOf);
    const operator = before.op === node.op ? [] : ["operator"];
    const inputs = sameInputs(before, node, matching) ? [] : ["inputs"];
    const changed = [...operator, ...inputs, ...settings];
    if (changed.length > 0)
      return [
        {
          kind: "node_changed",
          block,
          nodes,
          changed,
          calls: [callOfA(before, settings), callOfB(node, settings)],
        },
      ];
    return before.id === node.id ? [] : [{ kind: "node_renamed", block, nodes }];
  });
  const result =
    matching.get(b.result) === a.result
      ? []
      : [{ kind: "result_changed", block, values: [a.result, b.result] } as const];
  return [...removed, ...others, ...result];
}

type CallText = (node: Node, only?: readonly string[]) => string;

const sameInputs = (a: Node, b: Node, matching: Matching): boolean =>
  a.inputs.length === b.inputs.length &&
  b.inputs.every((input, port) => matching.get(input) === a.inputs[port]);

type Setting = string | number | boolean;

/** Extents in numbers, and options; `in` follows from the inputs. */
function settingsOf({ dims, options }: Node, valueOf: ValueOf): ReadonlyMap<string, Setting> {
  const extents = Object.entries(dims).filter(([name]) => name !== "in");
  return new Map<string, Setting>([
    ...extents.map(([name, expr]) => [name, valueOf(expr)] as const),
    ...Object.entries(options),
  ]);
}

/** Settings that differ. An extent that is the same dimension in both has changed with it, and is told there. */
function changedSettings([a, b]: Pair<Node>, [valueOfA, valueOfB]: Pair<ValueOf>): readonly string[] {
  const [ofA, ofB] = [settingsOf(a, valueOfA), settingsOf(b, valueOfB)];
  const sameDimension = (name: string): boolean =>
    Object.hasOwn(a.dims, name) &&
    Object.hasOwn(b.dims, name) &&
    typeof a.dims[name] !== "number" &&
    JSON.stringify(a.dims[name]) === JSON.stringify(b.dims[name]);
  return [...new Set([...ofA.keys(), ...ofB.keys()])].filter(
    (name) => ofA.get(name) !== ofB.get(name) && !sameDimension(name),
  );
}

/** `gate = route(u, experts: 256, top_k: 8)`; with the settings of `only`, `...` stands for the others. */
function callText(
  { id, op, inputs }: Node,
  settings: ReadonlyMap<string, Setting>,
  only?: readonly string[],
): string {
  const shown = [...settings].filter(([name]) => only?.includes(name) ?? true);
  const rest = shown.length < settings.size ? ["..."] : [];
  return `${id} = ${op}(${[...inputs, ...shown.map(([name, value]) => `${name}: ${String(value)}`), ...rest].join(", ")})`;
}
