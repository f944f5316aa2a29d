// weft exchange: the schedule of one all-to-all, for any traffic on any cluster.
import { diagnostic, type Diagnostic } from "../../diagnostics/report.js";
import {
  emittedExchange,
  exchangePage,
  isSmCount,
  planExchange,
  renderExchange,
  type ExchangeOptions,
  type PlannedExchange,
} from "../../index.js";
import { positiveOption, wholeOption } from "../numbers.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";
import { paletteOf } from "../terminal.js";
import { usageError } from "../usage.js";
import { writeFiles, type OutputFile } from "../write-files.js";

/** Formats of one file, which may go to the standard output; the others are of several. */
const ONE_FILE = ["plan", "mscclpp", "msccl-xml", "trace"] as const;
type ExchangeFormat = (typeof ONE_FILE)[number] | "chakra" | "cuda";

export interface ExchangeFlags {
  readonly cluster: string;
  readonly nodeSize?: string;
  readonly set: readonly string[];
  readonly direction: "dispatch" | "combine";
  readonly partialSums: boolean;
  readonly algorithm?: string;
  readonly sms?: string;
  readonly rowBytes?: string;
  readonly capacityRows?: string;
  readonly bound?: string;
  readonly emit?: ExchangeFormat;
  readonly output: string;
  readonly report?: string;
  readonly json: boolean;
}

type Planned = NonNullable<PlannedExchange["planned"]>;

export async function exchangeCommand(traffic: string, flags: ExchangeFlags): Promise<Outcome> {
  refuseImpossible(flags);
  const { planned, ...findings } = await planExchange(optionsOf(traffic, flags));
  const found = shown(findings);
  if (planned === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const { report } = planned;
  const fail = (diagnostic: Diagnostic): Outcome => ({
    ...found,
    diagnostics: [...found.diagnostics, diagnostic],
    exit: exitCodes.inputAtFault,
  });
  const written = await writtenFiles(planned, flags);
  if ("refused" in written)
    return {
      ...fail(written.refused),
      fields: report,
      notice: await renderExchange(report, paletteOf(process.stderr)),
    };
  const { files, notes } = written;
  const [printed] = files.filter(({ path }) => path === "-");
  const saved = files.filter(({ path }) => path !== "-");
  const failure = writeFiles(saved);
  if (failure !== undefined) return fail(failure);
  const outputs = saved.map(({ path }) => path);
  const text = await renderExchange(
    report,
    paletteOf(printed === undefined ? process.stdout : process.stderr),
  );
  const notice = notes.map((each) => `${each}\n`).join("");
  return {
    ...found,
    exit: exitCodeOf(found.diagnostics),
    fields: { ...report, ...(outputs.length === 0 ? {} : { outputs }) },
    ...(printed === undefined
      ? { result: text, notice }
      : { result: textOf(printed.text), notice: text + notice }),
  };
}

const textOf = (content: string | Uint8Array): string =>
  typeof content === "string" ? content : new TextDecoder().decode(content);

/** What was asked for besides the report on the standard output. `-` is that, too. */
async function writtenFiles(
  { plan, report }: Planned,
  flags: ExchangeFlags,
): Promise<
  | { readonly files: readonly OutputFile<string | Uint8Array>[]; readonly notes: readonly string[] }
  | { readonly refused: Diagnostic }
> {
  const files: OutputFile<string | Uint8Array>[] = [];
  const { emit, output } = flags;
  if (flags.report !== undefined) files.push({ path: flags.report, text: await exchangePage(report, plan) });
  if (emit === undefined) return { files, notes: [] };
  const emitted = await emittedExchange(plan, emit);
  const span = { source: `--emit ${emit}`, start: 0, end: 0 };
  if (emitted === undefined)
    return {
      refused: diagnostic("unknown-target", span, { target: emit, suggestion: "Write --emit plan." }),
    };
  if ("refused" in emitted) {
    const { limit, reason, hint: advice } = emitted.refused;
    return { refused: diagnostic("not-emittable-exchange", span, { target: emit, limit, reason, advice }) };
  }
  for (const { path, bytes } of emitted.files)
    files.push({ path: isOneFile(emit) ? output : `${output}${joint(emit)}${path}`, text: bytes });
  return { files, notes: emitted.notes };
}

const isOneFile = (format: ExchangeFormat): boolean => ONE_FILE.some((each) => each === format);

/** Chakra's readers take a prefix of files, a program is a folder. */
const joint = (format: ExchangeFormat): string => (format === "chakra" ? "." : "/");

function refuseImpossible({
  json,
  report,
  emit,
  output,
  direction,
  partialSums,
  ...flags
}: ExchangeFlags): void {
  const refuse = (option: string, problem: string, advice: string): Error =>
    usageError("wrong-arguments", option, { problem, advice });
  if (emit !== undefined && !isOneFile(emit) && output === "-")
    throw refuse(
      `--emit ${emit}`,
      `--emit ${emit} writes several files, and there is no -o`,
      emit === "chakra" ? "Write -o out/a2a, a prefix of their names." : "Write -o out/a2a, a folder.",
    );
  const printing = [
    ...(report === "-" ? ["--report -"] : []),
    ...(emit !== undefined && output === "-" ? ["--emit without -o FILE"] : []),
    ...(json ? ["--json"] : []),
  ];
  if (printing.length > 1)
    throw refuse(
      printing[0]!,
      `${printing.join(" and ")} both want the standard output`,
      "Name files for all but one.",
    );
  if (emit === undefined && output !== "-")
    throw refuse(
      `-o ${output}`,
      "-o says where --emit writes to, and there is no --emit",
      "Write --emit mscclpp, for example.",
    );
  if (partialSums && direction !== "combine")
    throw refuse(
      "--partial-sums",
      "--partial-sums adds what comes back, and a dispatch brings nothing back",
      "Write --direction combine with it.",
    );
  if (flags.bound !== undefined && flags.capacityRows !== undefined)
    throw refuse(
      "--bound",
      "--bound and --capacity-rows both say how much a rank may receive",
      "Keep one of them.",
    );
}

/** The options as the Node API takes them. */
function optionsOf(traffic: string, flags: ExchangeFlags): ExchangeOptions {
  const whole = (option: string, text: string | undefined, most?: number): number | undefined =>
    text === undefined ? undefined : wholeOption(option, text, 1, most);
  return {
    ...{ traffic, cluster: flags.cluster, overrides: flags.set },
    ...{ direction: flags.direction, partialSums: flags.partialSums, algorithm: flags.algorithm },
    nodeSize: whole("--node-size", flags.nodeSize),
    sms: smsOf(flags.sms),
    rowBytes: whole("--row-bytes", flags.rowBytes, 2 ** 40),
    capacityRows: whole("--capacity-rows", flags.capacityRows, 2 ** 50),
    bound: boundOf(flags.bound),
  };
}

function smsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const sms = /^\d+$/.test(text) ? Number(text) : NaN;
  if (isSmCount(sms)) return sms;
  throw usageError("wrong-arguments", `--sms ${text}`, {
    problem: `--sms takes a power of two up to 64, as NCCL rounds to, not "${text}"`,
    advice: "Write --sms 16, for example.",
  });
}

function boundOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bound = positiveOption("--bound", text, "2.0", 1e6);
  if (bound >= 1) return bound;
  throw usageError("wrong-arguments", `--bound ${text}`, {
    problem: `--bound takes a multiple of the mean, and none below it, such as ${text}, holds for all ranks`,
    advice: "Write --bound 2.0, for example.",
  });
}
