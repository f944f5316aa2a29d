// The bodies of functions in which the host does something itself: reads counts, or makes an exchange again in rounds.
import type { Cell, HostRead, Rounds } from "../../plan/index.js";
import { atom, braces, call, member, run, type Expression, type Statement } from "./cpp/tree.js";
import { LAYER, MICRO_BATCH, type ProgramNames } from "./context.js";
import type { Functions } from "./functions.js";
import { operandOf } from "./transfers.js";

export function readBody(names: ProgramNames, launch: HostRead): readonly Statement[] {
  const exchange = names.exchange(names.index.exchange(launch.exchange));
  const words = (name: string): Expression => {
    const { buffer, instance } = operandOf(launch, name);
    return names.memory.access(buffer, MICRO_BATCH, names.cpp(instance));
  };
  return [
    run(
      call(
        member(exchange, "read"),
        LAYER,
        MICRO_BATCH,
        atom("events"),
        words("sent"),
        words("received"),
        atom("tokens"),
      ),
    ),
  ];
}

/** Where the exchange exceeds its bound, the launches again and again for a few tokens at a time, each when the one before has finished. */
export function roundsBody(
  names: ProgramNames,
  functions: Functions,
  cell: Cell,
  launch: Rounds,
): readonly Statement[] {
  const exchange = names.exchange(names.index.exchange(launch.exchange));
  const tokens = names.cpp(launch.tokens.expr);
  const each = launch.launches.flatMap((id): readonly Statement[] => {
    const made = functions.named(cell, id);
    const args =
      made.launch.kind === "read_counts"
        ? [atom("p"), LAYER, MICRO_BATCH, braces([]), atom("tokens")]
        : "stream" in made.launch
          ? [atom("p"), names.stream(made.launch.stream), LAYER, MICRO_BATCH, atom("tokens")]
          : [];
    return [run(call(made.name, ...args)), run(call("p.rank.wait_for_all"))];
  });
  return [
    {
      kind: "if",
      test: {
        kind: "binary",
        op: "==",
        left: call(member(exchange, "exceeds"), LAYER, MICRO_BATCH),
        right: atom("false"),
      },
      body: [{ kind: "return" }],
    },
    run(call("p.rank.wait_for_all")),
    { kind: "let", type: "constexpr std::int64_t", name: "kRound", value: tokens },
    {
      kind: "for",
      variable: "round",
      from: atom(0),
      end: call("ceil_div", names.names("tokens"), atom("kRound")),
      body: [
        {
          kind: "let",
          type: "const Tokens",
          name: "tokens",
          value: call("tokens_of_round", atom("round"), atom("kRound"), names.names("tokens")),
        },
        ...each,
      ],
    },
    run(call(member(exchange, "end_rounds"), LAYER, MICRO_BATCH)),
  ];
}
