// Makes a Kernel of its pieces and checks its arguments, so that kernels read typed parameters and not records.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Kernel, KernelArguments, KernelMemory } from "../kernel.js";

export type Params<Name extends string> = Readonly<Record<Name, number>>;

interface Definition<O extends string, S extends string, C extends string> {
  readonly name: string;
  /** Parameters that hold word offsets, named as the operands of the parts. */
  readonly operands: readonly O[];
  /** Parameters that hold sizes, positions and switches. */
  readonly sizes: readonly S[];
  /** Parameters that hold f32 constants. */
  readonly constants?: readonly C[];
  readonly wgsl: string;
  threads(p: Params<O | S | C>): number;
  cpu(memory: KernelMemory, p: Params<O | S | C>): void;
}

export function defineKernel<const O extends string, const S extends string, const C extends string = never>(
  definition: Definition<O, S, C>,
): Kernel {
  const { name, wgsl } = definition;
  const words = [...definition.operands, ...definition.sizes];
  const constants = definition.constants ?? [];
  const checked = (args: KernelArguments): Params<O | S | C> => {
    const missing = [...words, ...constants].find((each) => args[each] === undefined);
    if (missing !== undefined) throw new InternalError(`kernel ${name} lacks its argument \`${missing}\``);
    return args;
  };
  return {
    name,
    operands: definition.operands,
    params: [
      ...words.map((each) => ({ name: each, type: "u32" as const })),
      ...constants.map((each) => ({ name: each, type: "f32" as const })),
    ],
    wgsl,
    threads: (args) => definition.threads(checked(args)),
    cpu: (memory, args) => {
      definition.cpu(memory, checked(args));
    },
  };
}

/** Rows of a launch. */
export const rowsOf = (p: Params<"row_begin" | "row_end">): number => p.row_end - p.row_begin;
