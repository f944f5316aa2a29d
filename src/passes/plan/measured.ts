// What the user measured, as the plan carries it: with the files that it comes from, and for transfers the SMs that they had.
import { planSpan, type Program } from "../../check/program.js";
import { namingOf, phaseNames } from "../../plan/measured.js";
import type { Measured, MeasuredTime } from "../../plan/types.gen.js";

/**
 * SMs that a transfer is taken to have had where its measurement says nothing: an assumption, what NCCL
 * commonly takes where nobody limits it. A schedule that pins them was measured with those.
 */
const TRANSFER_SMS = 32;

/** Undefined where nothing was measured. */
export function measuredTimes(program: Program): Measured | undefined {
  const { profiles, overlap } = program.schedule;
  if (profiles === undefined) return undefined;
  const pinned = overlap.sms.kind === "pinned" ? overlap.sms.value : undefined;
  const sms = pinned ?? Math.min(TRANSFER_SMS, program.machine.gpu.sms);
  return {
    files: profiles.map(({ path, kind, machine, span }) => ({
      path,
      kind,
      ...(machine === undefined ? {} : { machine }),
      span: planSpan(program, span),
    })),
    times: profiles.flatMap(({ times }, file) =>
      times.map((each): MeasuredTime => ({
        ...each,
        ...(each.time_us !== undefined && each.sms === undefined && isTransfer(each, program)
          ? { sms, sms_assumed: true as const }
          : {}),
        file,
      })),
    ),
  };
}

/** Whether a measurement is of transfers, by the operator and part that it names. */
function isTransfer(time: MeasuredTime | Omit<MeasuredTime, "file">, { model }: Program): boolean {
  return model.blocks.some((block) =>
    block.nodes.some(({ id, op }) => {
      if (op !== "dispatch" && op !== "combine") return false;
      const parts = phaseNames[op];
      const naming = namingOf(time, { block: block.name, node: id, op, parts });
      return naming !== undefined && (naming.part === undefined || parts.includes(naming.part));
    }),
  );
}
