// Which node of one block is which of another. Ids say much, but not all: a node that the user did not name has a number, which
// moves when another is written before it. So nodes are the same first of all where they compute the same from the same.
import type { Block, Node } from "../../plan/index.js";

/** Counterparts by id: of B's nodes in A. Inputs of the blocks are each other's. */
export type Matching = ReadonlyMap<string, string>;

/** Compares nodes that stand for each other, their inputs left aside. */
export type SameComputation = (a: Node, b: Node) => boolean;

export function matchNodes(a: Block, b: Block, same: SameComputation): Matching {
  const matching = new Map([[b.input.name, a.input.name]]);
  const freeOfA = new Map(a.nodes.map((node) => [node.id, node]));
  const freeOfB = new Map(b.nodes.map((node) => [node.id, node]));
  const equal = (ofA: Node, ofB: Node): boolean =>
    same(ofA, ofB) &&
    ofA.inputs.length === ofB.inputs.length &&
    ofB.inputs.every((input, port) => matching.get(input) === ofA.inputs[port]);
  /** From the surest to the least sure; what one of them finds may make a surer one possible again. */
  const rules: readonly ((ofA: Node, ofB: Node) => boolean)[] = [
    (ofA, ofB) => ofA.id === ofB.id && equal(ofA, ofB),
    equal,
    (ofA, ofB) => ofA.id === ofB.id && ofA.op === ofB.op,
    (ofA, ofB) => ofA.id === ofB.id,
  ];
  for (let rule = 0; rule < rules.length;) {
    const found = firstMatch(freeOfA.values(), [...freeOfB.values()], rules[rule]!);
    if (found === undefined) {
      rule += 1;
      continue;
    }
    const [ofA, ofB] = found;
    matching.set(ofB.id, ofA.id);
    freeOfA.delete(ofA.id);
    freeOfB.delete(ofB.id);
    rule = 0;
  }
  return matching;
}

function firstMatch(
  ofA: Iterable<Node>,
  ofB: readonly Node[],
  rule: (a: Node, b: Node) => boolean,
): readonly [Node, Node] | undefined {
  for (const a of ofA) for (const b of ofB) if (rule(a, b)) return [a, b];
  return undefined;
}
