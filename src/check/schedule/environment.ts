// What the settings of a schedule are checked against: its model and its cluster, where those could be checked.
import { dimensionEnvironment } from "../../plan/dimensions.js";
import { evaluate } from "../../plan/expression.js";
import type { Machine, Model } from "../../plan/types.gen.js";
import type { CheckedModel } from "../model/model.js";

export interface Gate {
  /** BLOCK.NODE, for messages. */
  readonly name: string;
  readonly experts: number;
  /** Groups of experts that a token chooses among; one where there are none. */
  readonly groups: number;
}

export interface Target {
  readonly model: Model | undefined;
  /** Absent after an error in it; settings are then checked alone. */
  readonly machine: Machine | undefined;
  readonly gates: readonly Gate[];
}

export function targetOf(model: CheckedModel | undefined, machine: Machine | undefined): Target {
  if (!model) return { model: undefined, machine, gates: [] };
  const environment = dimensionEnvironment(model.dimensions);
  const gates = model.model.blocks.flatMap((block) =>
    block.nodes.flatMap(({ id, output, dims }) => {
      if (output.kind !== "gate" || dims["experts"] === undefined) return [];
      const [experts, groups] = [dims["experts"], dims["groups"] ?? 1].map((each) =>
        evaluate(each, environment),
      ) as [number, number];
      return [{ name: `${block.name}.${id}`, experts, groups }];
    }),
  );
  return { model: model.model, machine, gates };
}
