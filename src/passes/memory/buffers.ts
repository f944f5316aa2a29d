// The buffers that launches name, collected while launches are made. Where they lie is decided later, by layout.ts.
import { InternalError } from "../../diagnostics/internal-error.js";
import { bytesDimension, ELEMENTS_PER_SCALE, scaleBytesDimension } from "../../plan/dimensions.js";
import { expression, product, sum } from "../../plan/expression.js";
import type { Buffer, Expr, PrecisionClass } from "../../plan/types.gen.js";

/** Alignment of regions and instances in bytes: that of NCCL's registered memory would be 4,096, of vector loads 16. */
export const ALIGNMENT_BYTES = 256;

export interface BufferDraft extends Pick<
  Buffer,
  "name" | "kind" | "precision" | "shape" | "layout" | "init"
> {
  readonly instances: Expr;
}

/** Buffers by name; asking twice for one name must describe the same buffer. */
export class BufferBook {
  readonly #drafts = new Map<string, BufferDraft>();

  /** Notes a buffer and returns its name. */
  note(draft: BufferDraft): string {
    const known = this.#drafts.get(draft.name);
    if (known === draft) return draft.name;
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(draft))
      throw new InternalError(`two different buffers are called ${draft.name}`);
    this.#drafts.set(draft.name, draft);
    return draft.name;
  }

  get drafts(): readonly BufferDraft[] {
    return [...this.#drafts.values()];
  }
}

/** Bytes of a value of this shape in a number format, scales included: of rows one for each 128 elements, of weights one for each block of 128 x 128. */
export function bytesOf(shape: readonly Expr[], precision: PrecisionClass): Expr {
  const blocks = precision === "weights" ? 2 : 1;
  const scales = shape.map((extent, index) =>
    index < shape.length - blocks ? extent : expression("ceil_div", extent, ELEMENTS_PER_SCALE),
  );
  return sum(
    product(...shape, bytesDimension(precision)),
    scalesIn(precision) ? product(...scales, scaleBytesDimension(precision)) : 0,
  );
}

/** Index data and gates never carry scales; leaving them out keeps expressions short. */
function scalesIn(precision: PrecisionClass): boolean {
  return precision !== "index" && precision !== "gate";
}

/** Bytes from one instance of a buffer to the next. */
export function instanceBytes(draft: BufferDraft): Expr {
  return expression("align", bytesOf(draft.shape, draft.precision), ALIGNMENT_BYTES);
}
