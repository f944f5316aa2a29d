// weft run of an exchange plan: executes it on real bytes and compares what every rank has with what the traffic alone says.
import { diagnostic, type Diagnostic } from "../../diagnostics/report.js";
import {
  BackendUnavailable,
  describeExchangeRun,
  runExchange,
  type ExchangePlan,
  type ExchangeRunOptions,
  type ExchangeRunResult,
} from "../../index.js";
import { exitCodes, type Outcome, type Shown } from "../outcome.js";
import { paletteOf, ProgressLine } from "../terminal.js";

type Asked = Omit<ExchangeRunOptions, "backend" | "onProgress" | "device">;

/** Where no backend is asked for, the CPU stands in for WebGPU. */
export async function runExchangeCommand(
  plan: ExchangePlan,
  found: Shown,
  backend: ExchangeRunOptions["backend"] | undefined,
  asked: Asked,
): Promise<Outcome> {
  try {
    return await outcomeOf(await execute(plan, { ...asked, backend: backend ?? "webgpu" }), found, []);
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    const nowhere = { source: "--backend webgpu", start: 0, end: 0 };
    const reason = error.message;
    if (backend !== undefined) {
      const diagnostics = [diagnostic("no-webgpu", nowhere, { reason })];
      return { ...found, diagnostics, exit: exitCodes.inputAtFault };
    }
    const instead = diagnostic("cpu-instead", nowhere, { reason });
    return outcomeOf(await execute(plan, { ...asked, backend: "cpu" }), found, [instead]);
  }
}

async function outcomeOf(
  result: ExchangeRunResult,
  found: Shown,
  before: readonly Diagnostic[],
): Promise<Outcome> {
  const { format: _format, ok, ...fields } = result;
  return {
    ...found,
    diagnostics: [...before, ...tooMuch(result)],
    exit: ok ? exitCodes.yes : exitCodes.planWrong,
    fields,
    result: await describeExchangeRun(result, paletteOf(process.stdout)),
  };
}

function tooMuch({ failure, traffic }: ExchangeRunResult): Diagnostic[] {
  if (failure?.kind !== "over_capacity") return [];
  const nowhere = { source: `--traffic ${traffic}`, start: 0, end: 0 };
  return [diagnostic("over-capacity", nowhere, { what: failure.message })];
}

async function execute(plan: ExchangePlan, options: ExchangeRunOptions): Promise<ExchangeRunResult> {
  const progress = new ProgressLine(process.stderr);
  const doing = { preparing: "laying out messages", executing: `executing on ${options.backend}` };
  try {
    return await runExchange(plan, {
      ...options,
      onProgress: (share, stage) => {
        progress.show(`${doing[stage]}: ${String(Math.floor(100 * share)).padStart(3)} %`);
      },
    });
  } finally {
    progress.clear();
  }
}
