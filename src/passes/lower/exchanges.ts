// Finds what must travel: each dispatch of a block with its gate and its combine.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Node } from "../../plan/types.gen.js";
import type { OperatorGraph } from "./graph.js";

export interface ExchangeSite {
  /** `BLOCK.DISPATCH`, which names the exchange and its run-time counts. */
  readonly name: string;
  readonly block: string;
  readonly gate: Node;
  readonly dispatch: Node;
  readonly combine: Node;
}

/** The exchanges of all blocks, in order of blocks and nodes. */
export function exchangeSites(graphs: ReadonlyMap<string, OperatorGraph>): readonly ExchangeSite[] {
  return [...graphs.values()].flatMap((graph) => {
    const { block } = graph.getAttributes();
    return block.nodes
      .filter((node) => node.op === "dispatch")
      .map((dispatch): ExchangeSite => {
        const gate = block.nodes.find((node) => node.id === dispatch.output.gate);
        const combine = block.nodes.find((node) => node.op === "combine" && node.inputs[1] === gate?.id);
        if (gate === undefined || combine === undefined)
          throw new InternalError(`dispatch ${block.name}.${dispatch.id} has no gate or no combine`);
        return { name: `${block.name}.${dispatch.id}`, block: block.name, gate, dispatch, combine };
      });
  });
}
