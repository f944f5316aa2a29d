// Finds the launch by which a value that is no number first appears, by executing again and looking after each launch.
import { evaluate } from "../plan/index.js";
import type { Backend } from "./backend.js";
import type { ExecutionContext } from "./context.js";
import type { Probe } from "./executor.js";

/** Ends an execution at the launch that was looked for. */
export class Located extends Error {
  override readonly name = "Located";

  constructor(
    readonly node: string,
    readonly launch: string,
  ) {
    super(`${node} ${launch}`);
  }
}

/** A probe that throws Located at the first launch of `rank` in `layer` that writes something that is no number. */
export function firstNonFinite(context: ExecutionContext, rank: number, layer: number): Probe {
  return async (launchRank, instance, rows, backend) => {
    if (launchRank !== rank || instance.layer !== layer) return;
    for (const operand of instance.launch.operands) {
      const buffer = context.index.buffer(operand.buffer);
      if (operand.access === "read" || buffer.precision === "index") continue;
      // Rows of a state are positions in a cache, which the launch's rows do not count.
      if (buffer.kind === "state") continue;
      const [, ...extents] = buffer.shape;
      const width = extents.reduce<number>(
        (product, each) => product * evaluate(each, context.environment),
        1,
      );
      const word = context.wordOf(rank, operand, layer) + rows.begin * width;
      if (await holdsNonFinite(backend, word, (rows.end - rows.begin) * width))
        throw new Located(instance.launch.node, instance.launch.id);
    }
  };
}

async function holdsNonFinite(backend: Backend, word: number, words: number): Promise<boolean> {
  if (words === 0) return false;
  const read = await backend.read([{ word, words }]);
  return read.some((bits) =>
    new Float32Array(bits.buffer, bits.byteOffset, bits.length).some((each) => !Number.isFinite(each)),
  );
}
