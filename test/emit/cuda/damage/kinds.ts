// Mistakes that people make in such programs, planted in the printed text of one: each kind gives the places where it can be.
import type { EmittedFile } from "../../../../src/emit/cuda/emit.js";
import type { Finding } from "../../../../src/run/cuda/emulation.js";
import { issuesOf, keepsOrder } from "./issue-order.js";

export type Program = readonly EmittedFile[];

export interface Damage {
  /** Where, for people. */
  readonly place: string;
  readonly program: Program;
  /** An argument that it changes nothing; absent where it does. */
  readonly harmless?: string;
}

export interface Kind {
  readonly name: string;
  /** What a program of this kind is found guilty of. */
  readonly found: readonly Finding["kind"][];
  readonly damages: (program: Program) => readonly Damage[];
}

const CELLS = "program/cells.cu";
const EXCHANGES = "program/exchanges.cu";

const textOf = (program: Program, path: string): string =>
  program.find((each) => each.path === path)?.text ?? "";

function withText(program: Program, path: string, text: string): Program {
  return program.map((each) => (each.path === path ? { path, text } : each));
}

/** A text with one part of it replaced. @throws where it is not there, so that no damage goes without saying */
function replaced(program: Program, path: string, from: string, to: string): Program {
  const text = textOf(program, path);
  const at = text.indexOf(from);
  if (from === "" || at < 0) throw new Error(`${path} has no ${from}`);
  return withText(program, path, text.slice(0, at) + to + text.slice(at + from.length));
}

/** Damage to edges of the cells, harmless where others imply them. */
function ofEdges(program: Program, place: string, cells: string): Damage {
  const step = textOf(program, "program/step.cu");
  const whole = issuesOf(textOf(program, CELLS), step);
  const harmless = keepsOrder(whole, issuesOf(cells, step))
    ? { harmless: "other waits imply the same order" }
    : {};
  return { place, program: withText(program, CELLS, cells), ...harmless };
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split("\n").length;

/** Functions that transfer, with their text. */
function transfersOf(program: Program): readonly { readonly name: string; readonly text: string }[] {
  const found = textOf(program, EXCHANGES).matchAll(/^void (\w+)\([^]*?^\}\n/gm);
  return [...found].flatMap(([text, name]) => (text.includes("Group group(") ? [{ name: name!, text }] : []));
}

const removedWait: Kind = {
  name: "a removed cudaStreamWaitEvent",
  found: ["race"],
  damages: (program) => {
    const cells = textOf(program, CELLS);
    return [...cells.matchAll(/^ {2}p\.\w+\.wait\(p\.events\.([\w.]+)\);\n/gm)].map(
      ({ 0: line, 1: event, index }) =>
        ofEdges(
          program,
          `${CELLS}:${String(lineOf(cells, index))} ${event!}`,
          cells.slice(0, index) + cells.slice(index + line.length),
        ),
    );
  },
};

const sharedEvent: Kind = {
  name: "one event shared by two edges",
  found: ["race", "deadlock"],
  damages: (program) => {
    const cells = textOf(program, CELLS);
    const events = [
      ...new Set([...cells.matchAll(/\.record\(p\.events\.([\w.]+)\)/g)].map(([, event]) => event!)),
    ];
    return events.flatMap((event) =>
      events
        .filter((other) => other !== event && other.split(".")[0] === event.split(".")[0])
        .map((other) =>
          ofEdges(
            program,
            `${event} is ${other}`,
            cells.replaceAll(`p.events.${event})`, `p.events.${other})`),
          ),
        ),
    );
  },
};

const ungroupedSend: Kind = {
  name: "an ungrouped send",
  found: ["deadlock"],
  damages: (program) =>
    transfersOf(program).map(({ name, text }) => {
      const [, communicator, label] = /Group group\(p\.(\w+), stream, ("[^"]*")/.exec(text)!;
      const alone =
        `if (to == p.${communicator!}.self()) {\n      group.send(to, sent.data, sent.bytes);\n    } else {\n` +
        `      Group alone(p.${communicator!}, stream, ${label!});\n      alone.send(to, sent.data, sent.bytes);\n` +
        `      alone.end();\n    }`;
      const damaged = text.replaceAll("group.send(to, sent.data, sent.bytes);", alone);
      return { place: name, program: replaced(program, EXCHANGES, text, damaged) };
    }),
};

const swappedCommunicators: Kind = {
  name: "communicators swapped on one rank",
  found: ["deadlock", "mismatch", "misuse"],
  damages: (program) => {
    const names = [
      ...new Set(
        [...textOf(program, EXCHANGES).matchAll(/Group group\(p\.(\w+),/g)].map(([, name]) => name!),
      ),
    ];
    const swapped = transfersOf(program).flatMap(({ name, text }) =>
      names
        .filter((other) => !text.includes(`Group group(p.${other},`))
        .map((other) => ({
          place: `${name} by ${other} on rank 1`,
          program: replaced(
            program,
            EXCHANGES,
            text,
            text.replace(/Group group\(p\.(\w+),/, `Group group(p.rank.rank() == 1 ? p.${other} : p.$1,`),
          ),
        })),
    );
    // Every program has the communicator of all ranks besides those of its exchanges.
    const world = transfersOf(program).map(({ name, text }) => {
      const label = /Group group\(p\.\w+, stream, ("[^"]*")/.exec(text)![1]!;
      const from = "ncclComm_t communicator = communicator_.handle();";
      const rank = "communicator_.rank()";
      const to =
        `ncclComm_t communicator = ${rank}.rank() == 1 && std::string(label_) == ${label} ` +
        `? ${rank}.world_communicator() : communicator_.handle();`;
      return {
        place: `${name} by the world's on rank 1`,
        program: replaced(program, "runtime/communicator.cpp", from, to),
      };
    });
    return [...swapped, ...world];
  },
};

const wrongCount: Kind = {
  name: "a wrong count",
  found: ["mismatch", "deadlock"],
  damages: (program) =>
    transfersOf(program).flatMap(({ name, text }) =>
      (
        [
          ["send", "to", "sent"],
          ["receive", "from", "received"],
        ] as const
      ).map(([call, peer, part]) => {
        const from = `group.${call}(${peer}, ${part}.data, ${part}.bytes);`;
        const more = `rank == 1 && ${peer} != rank && ${part}.bytes > 0 ? 4 : 0`;
        const to = `group.${call}(${peer}, ${part}.data, ${part}.bytes + (${more}));`;
        return {
          place: `${name}: rank 1 ${call}s 4 bytes more`,
          program: replaced(program, EXCHANGES, text, text.replaceAll(from, to)),
        };
      }),
    ),
};

const reusedBuffer: Kind = {
  name: "a buffer reused too early",
  // What is read too late may be an index that ends the kernel which goes by it.
  found: ["race", "misuse"],
  damages: (program) => {
    const memory = textOf(program, "program/memory.h");
    const travelling = new Set(
      [...textOf(program, EXCHANGES).matchAll(/p\.memory\.(\w+)\(m\)\.data/g)].map(([, name]) => name!),
    );
    const functions = [
      ...memory.matchAll(/^ {2}\S[^\n]* (\w+)\(\[\[maybe_unused\]\] int m\) const \{[^]*?^ {2}\}/gm),
    ];
    const ofMicroBatches = functions.flatMap(({ 0: text, 1: name }) => {
      const begins = /kBegins\[\] = \{(\w+), (\w+)/.exec(text);
      if (begins === null || !travelling.has(name!)) return [];
      const damaged = text.replace(begins[0], `kBegins[] = {${begins[1]!}, ${begins[1]!}`);
      return [
        {
          place: `${name!} of micro-batch 1 lies where that of micro-batch 0 does`,
          program: replaced(program, "program/memory.h", text, damaged),
        },
      ];
    });
    const received = transfersOf(program).flatMap(({ name, text }) => {
      const [, from] = /Parts outgoing\(\s*p\.memory\.(\w+)\(m\)\.data/.exec(text) ?? [];
      const [, to] = /Parts incoming\(\s*p\.memory\.(\w+)\(m\)\.data/.exec(text) ?? [];
      if (from === undefined || to === undefined) return [];
      const damaged = text.replace(`p.memory.${to}(m).data`, `p.memory.${from}(m).data`);
      return [
        {
          place: `${name} receives where it sends from`,
          program: replaced(program, EXCHANGES, text, damaged),
        },
      ];
    });
    return [...ofMicroBatches, ...received];
  },
};

const countsReadEarly: Kind = {
  name: "counts read before their copy has finished",
  found: ["race"],
  damages: (program) => {
    if (!textOf(program, CELLS).includes("_read_counts(p,")) return [];
    const cells = textOf(program, CELLS);
    const unawaited = [...cells.matchAll(/(_read_counts\(p, [^{;]*)\{&p\.events\.([\w.]+)\}/g)].map(
      ({ 0: text, 1: call, 2: event, index }) =>
        ofEdges(
          program,
          `${event!} is not waited for`,
          cells.slice(0, index) + `${call!}{}` + cells.slice(index + text.length),
        ),
    );
    return [
      {
        place: "the host does not wait for the copy",
        program: replaced(program, "runtime/rank.cpp", "  watch_->wait(read_done_->handle());\n", ""),
      },
      ...unawaited,
    ];
  },
};

const forgottenEnd: Kind = {
  name: "a forgotten synchronisation at the end",
  found: ["race", "misuse"],
  damages: (program) => {
    const run = textOf(program, "runtime/run.cpp");
    const [end = ""] =
      / {2}rank\.wait_for_all\(\);\n {2}rank\.meter\(\)\.stop\(\);\n[^\n]*clock[^\n]*\n/.exec(run) ?? [];
    const join = "    CUDA_CHECK(cudaStreamWaitEvent(stream_.handle(), ends_[at]->handle(), 0));\n";
    // Nor is anything timed, which would find out that it has not finished.
    const untimed = replaced(program, "runtime/run.cpp", "  if (measured) rank.meter().start();\n", "");
    const unawaited = replaced(untimed, "runtime/run.cpp", end, "");
    return [
      {
        place: `runtime/run.cpp:${String(lineOf(run, run.indexOf(end)))} nobody waits for the steps`,
        program: replaced(unawaited, "runtime/fence.cpp", join, ""),
      },
    ];
  },
};

export const kinds: readonly Kind[] = [
  removedWait,
  sharedEvent,
  ungroupedSend,
  swappedCommunicators,
  wrongCount,
  reusedBuffer,
  countsReadEarly,
  forgottenEnd,
];
