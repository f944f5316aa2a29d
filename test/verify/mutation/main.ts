// npm run mutation: tries every kind of damage on every plan, plan by plan on two threads, and fails where a mutant survives.
import { availableParallelism } from "node:os";
import { parentPort, isMainThread, Worker, workerData } from "node:worker_threads";
import { Command, InvalidArgumentError } from "commander";
import { campaign, kindsFor, type CampaignOptions } from "./campaign.js";
import { compiledPlan, planSources } from "./plans.js";
import { report, type Row } from "./table.js";

interface Options extends CampaignOptions {
  readonly example?: string;
  readonly whole?: boolean;
}

/** What a thread says: that it wants another plan, or what became of a kind. */
type Message = { readonly kind: "idle" } | { readonly kind: "row"; readonly row: Row };

const THREADS = Math.min(2, availableParallelism());

function options(): Options {
  const number = (text: string): number => {
    if (text === "all") return Number.MAX_SAFE_INTEGER;
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number, or `all`");
    return Number(text);
  };
  return new Command("npm run mutation --")
    .description("Damages plans in every way at many places; the verifier must see all of it.")
    .option("--kind <text>", "only kinds whose name has this in it")
    .option("--example <text>", "only plans whose name has this in it")
    .option("--place <text>", "only places that have this in them")
    .option("--sample <number>", "places of each kind and plan at most, or `all`", number, 4)
    .option("--seed <number>", "which places are picked", number, 1)
    .option("--whole", "print a line for each kind of each plan")
    .parse()
    .opts<Options>();
}

/** One thread's part: plans as they are handed out, one after the other. */
function work(): void {
  const chosen = workerData as Options;
  const tell = (message: Message): void => parentPort?.postMessage(message);
  parentPort?.on("message", (name: string) => {
    const source = planSources.find((each) => each.name === name)!;
    for (const result of campaign(name, compiledPlan(source), chosen))
      tell({ kind: "row", row: { plan: name, ...result } });
    tell({ kind: "idle" });
  });
  tell({ kind: "idle" });
}

/** Hands plans out to threads until none is left. */
async function tryAll(chosen: Options): Promise<readonly Row[]> {
  const names = planSources.map(({ name }) => name).filter((each) => each.includes(chosen.example ?? ""));
  const waiting = [...names];
  const rows: Row[] = [];
  const total = names.length * kindsFor(chosen).length;
  await Promise.all(
    Array.from(
      { length: Math.min(THREADS, names.length) },
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: chosen });
          worker.on("error", reject);
          worker.on("message", (message: Message) => {
            if (message.kind === "row") {
              rows.push(message.row);
              for (const { place, reason } of message.row.survivors)
                process.stderr.write(
                  `survivor: ${message.row.plan}, ${message.row.kind}, at ${place}: ${reason}\n`,
                );
              progress(`${rows.length} of ${total}: ${message.row.plan}, ${message.row.kind}`);
              return;
            }
            const next = waiting.shift();
            if (next !== undefined) worker.postMessage(next);
            else void worker.terminate().then(() => resolve(), reject);
          });
        }),
    ),
  );
  progress("");
  const order = (row: Row): number => names.indexOf(row.plan);
  return rows.sort((left, right) => order(left) - order(right));
}

/** On a terminal alone. */
function progress(text: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
}

if (isMainThread) {
  const chosen = options();
  const rows = await tryAll(chosen);
  process.stdout.write(report(rows, chosen.whole ?? false));
  const tried = rows.reduce((sum, { outcomes }) => sum + outcomes.killed + outcomes.harmless, 0);
  const failed = tried === 0 || rows.some(({ survivors }) => survivors.length > 0);
  if (tried === 0)
    process.stderr.write(
      "nothing was tried: no kind, example or place has these words in it (a place is, say, `moe.routed.dispatch.pack@0`)\n",
    );
  process.exitCode = failed ? 1 : 0;
} else work();
