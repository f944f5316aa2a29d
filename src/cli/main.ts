#!/usr/bin/env node
// The command line: parses arguments and calls the Node API. It decides nothing about schedules itself.
import { Command, CommanderError } from "commander";
import { version } from "../index.js";
import { addCommands } from "./commands.js";
import { internalErrorText } from "./internal-errors.js";
import { exitCodes, tell, type ExitCode, type Format, type Outcome } from "./outcome.js";
import { endQuietlyOnClosedPipes, write } from "./terminal.js";
import { usageError, UsageError } from "./usage.js";

const args = process.argv.slice(2);
const json = args.includes("--json");
/** How a command is told of that was not understood, and may have named another format. */
const told: Format = json ? "json" : "text";

const program = new Command("weft")
  .description("A communication-schedule compiler for sparse Mixture-of-Experts models")
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined })
  .addHelpText(
    "after",
    "\nExamples:\n  $ weft compile examples/mixtral-8x7b-prefill.weft -o out/mixtral\n  $ weft verify out/mixtral/plan.json\n  $ weft run out/mixtral/plan.json --seed 1\n  $ weft explain examples/mixtral-8x7b-prefill.weft\n\nExit codes: 0 yes, 1 the input is at fault, 2 the command line is, 3 a plan was found wrong, 70 Weft is at fault.",
  );

let exit: ExitCode = exitCodes.yes;

endQuietlyOnClosedPipes();
addCommands(program, async (name, work, format) => {
  exit = await tell(name, await work(), format);
});
const commands = program.commands.map((each) => each.name());
const command = args.find((each) => commands.includes(each)) ?? "weft";
try {
  await program.parseAsync();
} catch (error) {
  exit = await failed(error);
}
process.exitCode = exit;

/** Tells of a command that was not carried out. */
async function failed(error: unknown): Promise<ExitCode> {
  if (error instanceof UsageError) return tell(command, error.outcome, told);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.yes;
    return tell(command, misunderstood(error), told);
  }
  if (json)
    await write(
      process.stdout,
      `${JSON.stringify({ format: `weft.${command}/1`, ok: false, diagnostics: [], internal_error: String(error) }, null, 2)}\n`,
    );
  await write(process.stderr, internalErrorText(error));
  return exitCodes.weftAtFault;
}

function misunderstood(error: CommanderError): Outcome {
  const [problem = "", ...advice] = error.message
    .replace(/^error: /, "")
    .replace(/\.$/, "")
    .split("\n");
  const unnamed = error.code === "commander.help";
  const help =
    command === "weft"
      ? `The commands are ${commands.join(", ")}; see "weft --help".`
      : `See "weft ${command} --help".`;
  return usageError("wrong-arguments", "command line", {
    problem: unnamed ? "no command is named" : problem,
    advice: [...advice.map((each) => each.replace(/^\((.*)\)$/, "$1")), help].join(" "),
  }).outcome;
}
