// What the command line offers. Each command's work is loaded when it is called for.
import { Option, type Command } from "commander";
import type { CheckFlags } from "./commands/check.js";
import type { CompileFlags } from "./commands/compile.js";
import type { DiffFlags } from "./commands/diff.js";
import type { ExchangeFlags } from "./commands/exchange.js";
import type { ExplainFlags } from "./commands/explain.js";
import type { PlaceFlags } from "./commands/place.js";
import type { RunFlags } from "./commands/run.js";
import type { TrafficKind } from "../index.js";
import type { SimulateFlags } from "./commands/simulate.js";
import type { Format, Outcome } from "./outcome.js";

/** Carries out a command and tells its outcome. */
export type Carry = (name: string, work: () => Promise<Outcome>, format: Format) => Promise<void>;

const textOrJson = ({ json }: { readonly json: boolean }): Format => (json ? "json" : "text");

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];
const list = (value: string, earlier: readonly string[]): readonly string[] => [
  ...earlier,
  ...value.split(",").map((each) => each.trim()),
];

export function addCommands(program: Command, carry: Carry): void {
  program
    .command("compile")
    .description("compile a schedule to a launch plan, prove it and say why it is as it is")
    .argument("FILE", "schedule file; - is the standard input")
    .option("--schedule <name>", "which schedule, where the file declares several")
    .option(
      "--set <name=value>",
      "override a parameter, such as Mixtral.top_k=1; may be repeated",
      collect,
      [],
    )
    .option(
      "--profile <file>",
      "measured times by operator and shape, in place of those that the schedule names; may be repeated",
      collect,
      [],
    )
    .option(
      "--emit <targets>",
      "what to write, separated by commas: plan (the default), trace, cuda, cuda-emulated",
      list,
      [],
    )
    .option("-o, --output <dir>", "folder to write to; - is the standard output, for the plan alone", ".")
    .option("--depfile <file>", "also write a rule for make or ninja that names every file read")
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText(
      "after",
      examples(
        "compile examples/mixtral-8x7b-prefill.weft -o out/mixtral",
        "compile examples/mixtral-8x7b-prefill.weft --set Mixtral.experts=16 --json",
        "compile examples/mixtral-8x7b-prefill.weft --profile ops.json",
      ),
    )
    .action(async (file: string, flags: CompileFlags) =>
      carry(
        "compile",
        async () => (await import("./commands/compile.js")).compileCommand(file, flags),
        textOrJson(flags),
      ),
    );
  program
    .command("check")
    .description("report what is wrong with schedule files, each schedule in them compiled")
    .argument("FILE...", "schedule files; - is the standard input")
    .addOption(
      new Option("--format <format>", "how to print diagnostics; sarif and github on the standard output")
        .choices(["text", "json", "sarif", "github"] satisfies readonly Format[])
        .default("text"),
    )
    .option("--json", "the same as --format json", false)
    .option("--set <name=value>", "override a parameter of each file; may be repeated", collect, [])
    .option(
      "--profile <file>",
      "measured times by operator and shape, in place of those that the schedule names; may be repeated",
      collect,
      [],
    )
    .addHelpText(
      "after",
      examples(
        "check examples/*.weft",
        "check examples/mixtral-8x7b-prefill.weft --set Mixtral.top_k=1",
        "check examples/*.weft --format github",
        "check examples/*.weft --format sarif > weft.sarif",
      ),
    )
    .action(
      async (
        files: readonly string[],
        flags: CheckFlags & { readonly format: Format; readonly json: boolean },
      ) =>
        carry(
          "check",
          async () => (await import("./commands/check.js")).checkCommand(files, flags),
          flags.json ? "json" : flags.format,
        ),
    );
  program
    .command("verify")
    .description("prove a plan: delivery, progress, races, memory, limits, faithfulness")
    .argument("PLAN", "plan file; - is the standard input")
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText("after", examples("verify out/mixtral/plan.json"))
    .action(async (plan: string, flags: { readonly json: boolean }) =>
      carry(
        "verify",
        async () => (await import("./commands/verify.js")).verifyCommand(plan),
        textOrJson(flags),
      ),
    );
  program
    .command("run")
    .description("execute the miniature of a plan and compare it with a dense evaluation")
    .argument("PLAN", "plan file, of a model's step or of an exchange; - is the standard input")
    .addOption(
      new Option(
        "--backend <backend>",
        "where to execute; without it webgpu, or cpu where there is none; cuda-emulated builds and executes the emitted program",
      ).choices(["webgpu", "cpu", "cuda-emulated"]),
    )
    .addOption(
      new Option(
        "--order <order>",
        "how emulated GPUs choose among what they could do next; random where absent; for cuda-emulated alone",
      ).choices(["first-in", "random", "priorities"]),
    )
    .option("--seed <number>", "decides the order of launches, and nothing else", "1")
    .option("--data-seed <number>", "decides weights and input, or an exchange's tokens", "1")
    .addOption(
      new Option(
        "--traffic <kind>",
        "which tokens an exchange plan moves; drawn from its demand where absent; for exchange plans alone",
      ).choices(["demand", "to-one", "gaps", "one-token", "empty"] satisfies TrafficKind[]),
    )
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText(
      "after",
      examples(
        "run out/mixtral/plan.json --backend webgpu --seed 3",
        "run out/a2a.json --backend cpu --traffic to-one",
        "run out/mixtral/plan.json --backend cpu --json",
        "run out/mixtral/plan.json --backend cuda-emulated --order priorities --seed 2",
      ),
    )
    .action(async (plan: string, flags: RunFlags) =>
      carry(
        "run",
        async () => (await import("./commands/run.js")).runCommand(plan, flags),
        textOrJson(flags),
      ),
    );
  program
    .command("simulate")
    .description("predict the timeline of a plan's step")
    .argument("PLAN", "plan file; - is the standard input")
    .option("--trace <file>", "also write a trace for ui.perfetto.dev; - is the standard output")
    .option("--full", "walk every rank, with every message of a transfer as a flow", false)
    .option("--ranks <list>", "which ranks the trace shows, such as 0,3, or all; without it telling ones")
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText(
      "after",
      examples(
        "simulate out/mixtral/plan.json --trace out/mixtral/trace.json",
        "simulate out/mixtral/plan.json --full",
        "simulate out/mixtral/plan.json --trace out/mixtral/trace.json --ranks 0,1 --json",
      ),
    )
    .action(async (plan: string, flags: SimulateFlags) =>
      carry(
        "simulate",
        async () => (await import("./commands/simulate.js")).simulateCommand(plan, flags),
        textOrJson(flags),
      ),
    );
  program
    .command("explain")
    .description("say why a plan is as it is and what its step hangs on, or what a diagnostic means")
    .argument("FILE|CODE", "schedule file or plan, or the word in brackets behind error or warning")
    .option("--schedule <name>", "which schedule, where the file declares several")
    .option("--set <name=value>", "override a parameter; may be repeated", collect, [])
    .option(
      "--profile <file>",
      "measured times by operator and shape, in place of those that the schedule names; may be repeated",
      collect,
      [],
    )
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText(
      "after",
      examples(
        "explain examples/mixtral-8x7b-prefill.weft",
        "explain examples/mixtral-8x7b-prefill.weft --set Mixtral.top_k=1",
        "explain out/mixtral/plan.json",
        "explain does-not-fit-memory",
      ),
    )
    .action(async (what: string, flags: ExplainFlags & { readonly json: boolean }) =>
      carry(
        "explain",
        async () => (await import("./commands/explain.js")).explainCommand(what, flags),
        textOrJson(flags),
      ),
    );
  program
    .command("diff")
    .description(
      "say what changes from one schedule file or plan to another: decisions, time, memory, traffic",
    )
    .argument("A", "schedule file or plan; - is the standard input")
    .argument("B", "schedule file or plan, which may be the same file with other options")
    .option("--schedule <name>", "which schedule, where a file declares several")
    .option("--schedule-a <name>", "the same for A alone")
    .option("--schedule-b <name>", "the same for B alone")
    .option("--set <name=value>", "override a parameter of both files; may be repeated", collect, [])
    .option("--set-a <name=value>", "override a parameter of A alone; may be repeated", collect, [])
    .option("--set-b <name=value>", "override a parameter of B alone; may be repeated", collect, [])
    .option(
      "--limit <name=amount>",
      "exit with 1 where B costs more, such as step_time=+5% or memory<=70GiB; may be repeated",
      collect,
      [],
    )
    .addOption(
      new Option("--format <format>", "how to print the difference; markdown is for pull requests")
        .choices(["text", "json", "markdown"] satisfies readonly DiffFlags["format"][])
        .default("text"),
    )
    .option("--json", "the same as --format json", false)
    .addHelpText(
      "after",
      examples(
        "diff examples/deepseek-v3-prefill.weft examples/deepseek-v3-shortcut.weft",
        "diff examples/mixtral-8x7b-prefill.weft examples/mixtral-8x7b-prefill.weft --set-b Mixtral.top_k=1",
        "diff out/before/plan.json out/after/plan.json --limit step_time=+5% --limit memory=+2GiB",
        "diff main.weft change.weft --format markdown >> $GITHUB_STEP_SUMMARY",
      ),
    )
    .action(async (a: string, b: string, flags: DiffFlags) =>
      carry(
        "diff",
        async () => (await import("./commands/diff.js")).diffCommand(a, b, flags),
        flags.json || flags.format === "json" ? "json" : "text",
      ),
    );
  program
    .command("place")
    .description("place the experts of every layer by their loads alone, for any system")
    .argument(
      "LOADS...",
      "tokens by layer and expert: a JSON matrix, a router trace, a dump of SGLang or vLLM; - is the standard input",
    )
    .requiredOption("--gpus <number>", "GPUs that hold experts")
    .requiredOption("--nodes <number>", "nodes that they are in")
    .option("--slots <number>", "expert slots of a layer, over all GPUs: experts and replicas")
    .option("--groups <number>", "groups of neighbouring experts that the gate chooses among")
    .option("--top-k <number>", "experts that a token visits")
    .option("--top-groups <number>", "groups that a token's experts come from")
    .option("--experts <number>", "experts of a layer, where a trace may not show all")
    .option("--tokens <number>", "tokens that each GPU sends through a layer")
    .option("--model <file>", "file of the model whose experts these are, such as weft:models/deepseek-v3")
    .option("--cluster <file>", "file of the cluster that they run on, such as weft:clusters/h800")
    .option(
      "--groups-on-nodes",
      "keep all replicas of a group's experts on one node, whatever it costs",
      false,
    )
    .option("--constraints <file>", "JSON: groups, pinned experts, and slots, speeds and memory of GPUs")
    .option("--exclude <list>", "GPUs that hold no experts, such as 3,7")
    .option("--gpu-slots <list>", "slots of each GPU, such as 9,9,8,8")
    .option("--pin <list>", "experts with GPUs that must hold them, such as 12=3,40=0")
    .option(
      "--window <which>",
      "where loads come in windows: place for their mean, for the worst, or for one by its number",
      "mean",
    )
    .option(
      "--coactivation <file>",
      "JSON matrix of how often two experts are chosen together, for all layers or each",
    )
    .option("--budget <factor>", "search up to so many times as long; powers of two count")
    .option(
      "--even-split",
      "give all replicas of an expert equal shares of its tokens; --emit implies it",
      false,
    )
    .option("--exact", "seek the least greatest load of small layers, and say what is proved", false)
    .option("--from <file>", "placement that serves now, of --json or --emit: move experts from there")
    .option("--max-moves <number>", "move so many experts at most, over all layers")
    .option("--move-cost <us>", "move an expert only where that saves so many microseconds of its layer")
    .option(
      "--report <file>",
      "also write a page with the loads of GPUs before and after; - is the standard output",
    )
    .addOption(
      new Option("--emit <system>", "also write the placement as a system loads it").choices([
        ...["eplb", "sglang", "vllm"],
      ]),
    )
    .option("-o, --output <file>", "where --emit writes to; - is the standard output", "-")
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText(
      "after",
      examples(
        "place loads.json --gpus 32 --nodes 4 --slots 288 --groups 8 --report out/place.html",
        "place loads.json --gpus 32 --nodes 4 --slots 288 --emit sglang -o out/experts.json",
        "place loads.json --gpus 32 --nodes 4 --from yesterday.json --max-moves 40",
        "place trace.jsonl --gpus 64 --nodes 8 --slots 320 --model weft:models/deepseek-v3 --cluster weft:clusters/h200",
      ),
    )
    .action(async (loads: readonly string[], flags: PlaceFlags) =>
      carry(
        "place",
        async () => (await import("./commands/place.js")).placeCommand(loads, flags),
        textOrJson(flags),
      ),
    );
  program
    .command("exchange")
    .description("schedule one all-to-all, for any traffic between the GPUs of a cluster")
    .argument(
      "TRAFFIC",
      "bytes from each GPU to each, as JSON or CSV, or a routing trace; - is the standard input",
    )
    .requiredOption(
      "--cluster <file>",
      "file of a cluster, or weft:clusters/NAME; how many nodes follows from TRAFFIC",
    )
    .option("--node-size <number>", "GPUs of a node, where the cluster leaves it open")
    .option(
      "--set <name=value>",
      "override a parameter of the cluster, such as H800.gpus=6; may be repeated",
      collect,
      [],
    )
    .addOption(
      new Option("--direction <direction>", "dispatch, or combine: the way back of this traffic")
        .choices(["dispatch", "combine"])
        .default("dispatch"),
    )
    .option(
      "--partial-sums",
      "let a combine add what comes back for one token before it crosses nodes",
      false,
    )
    .option("--algorithm <name>", "take this algorithm, whatever its price")
    .option("--sms <number>", "SMs of the communicator, a power of two up to 64; without it, by price")
    .option(
      "--row-bytes <number>",
      "bytes of a row, which is never divided; 1 where TRAFFIC counts bytes and does not say it",
    )
    .option("--bound <factor>", "rows that a rank may receive, over their mean; beyond it the exchange stops")
    .option("--capacity-rows <number>", "the same as a number")
    .addOption(
      new Option("--emit <format>", "also write the schedule for a system").choices([
        ...["plan", "mscclpp", "msccl-xml", "trace", "chakra", "cuda"],
      ]),
    )
    .option(
      "-o, --output <file>",
      "where --emit writes to: a file, - is the standard output; a prefix for chakra, a folder for cuda",
      "-",
    )
    .option(
      "--report <file>",
      "also write a page with pictures of traffic, schedule and candidates; - is the standard output",
    )
    .option("--json", "print one JSON object on the standard output", false)
    .addHelpText(
      "after",
      examples(
        "exchange traffic.csv --cluster weft:clusters/h800 --report out/a2a.html",
        "exchange traffic.csv --cluster weft:clusters/h800 --emit mscclpp -o out/a2a.json",
        "exchange trace.jsonl --cluster weft:clusters/h100 --row-bytes 7168 --bound 2.0 --json",
        "exchange traffic.json --cluster weft:clusters/gb200-nvl72 --direction combine --partial-sums",
      ),
    )
    .action(async (traffic: string, flags: ExchangeFlags) =>
      carry(
        "exchange",
        async () => (await import("./commands/exchange.js")).exchangeCommand(traffic, flags),
        textOrJson(flags),
      ),
    );
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ weft ${line}`).join("\n")}`;
}
