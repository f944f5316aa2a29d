// program/program.h: what a rank's program owns (streams, communicators, events, exchanges) and the functions it is made of.
import type { Cell, Exchange, Group, Launch, LaunchPlan, Stream } from "../../plan/index.js";
import { Scope, snake } from "./cpp/names.js";
import { atom, blank, braces, comment, member, text, type Declaration, type Expression } from "./cpp/tree.js";
import type { ProgramNames } from "./context.js";
import type { Functions } from "./functions.js";
import { exchangeStruct } from "./exchange-struct.js";
import { parametersOf } from "./launch-functions.js";

/** An event, named by what records it and what waits for it. */
interface EventNames {
  /** The member of `p.events` that holds those of the cell that records it. */
  readonly cell: string;
  readonly name: string;
}

export class Events {
  readonly #known = new Map<string, EventNames>();

  constructor(names: ProgramNames) {
    const scopes = new Map<string, Scope>();
    const waits = new Map<string, Launch>();
    for (const { launches } of names.plan.cells)
      for (const launch of launches) for (const event of launch.waits) waits.set(event, launch);
    for (const cell of names.plan.cells)
      for (const launch of cell.launches)
        for (const event of "records" in launch ? launch.records : []) {
          const own = names.cellName(cell.name);
          const scope = scopes.get(own) ?? new Scope(snake);
          scopes.set(own, scope);
          const waiting = waits.get(event);
          const to = waiting === undefined ? "nothing" : lastName(waiting);
          this.#known.set(event, { cell: own, name: scope.of(event, `${lastName(launch)} to ${to}`) });
        }
  }

  /** `p.events.moe.pack_0_to_dispatch_0`; undefined where nothing records the event, so that waiting for it waits for nothing. */
  of(event: string): Expression | undefined {
    const known = this.#known.get(event);
    if (known === undefined) return undefined;
    return member(member(atom("p.events"), known.cell), known.name);
  }

  get byCell(): ReadonlyMap<string, readonly EventNames[]> {
    const cells = new Map<string, EventNames[]>();
    for (const each of this.#known.values()) cells.set(each.cell, [...(cells.get(each.cell) ?? []), each]);
    return cells;
  }
}

/** `pack_0` of `routed.dispatch.pack@0`. */
const lastName = ({ id }: Launch): string => id.slice(id.lastIndexOf(".") + 1);

/** Streams of all roles, each once. */
export function streamsOf({ roles }: LaunchPlan): readonly Stream[] {
  const streams = new Map(roles.flatMap((role) => role.streams).map((each) => [each.name, each]));
  return [...streams.values()];
}

export function programHeader(
  names: ProgramNames,
  functions: Functions,
  events: Events,
): readonly Declaration[] {
  const { plan } = names;
  return [
    { kind: "once" },
    blank,
    { kind: "include", path: "program/memory.h" },
    { kind: "include", path: "program/tables.h" },
    { kind: "include", path: "runtime/communicator.h" },
    { kind: "include", path: "runtime/exchange.h" },
    { kind: "include", path: "runtime/launching.h" },
    { kind: "include", path: "runtime/rank.h" },
    { kind: "include", path: "runtime/stream.h" },
    blank,
    {
      kind: "namespace",
      name: "weft::plan",
      body: [
        ...plan.exchanges.flatMap((each) => exchangeStruct(names, each)),
        ...eventStructs(events),
        comment("What the program of a rank owns. Every rank makes these in the same order."),
        {
          kind: "struct",
          name: "Program",
          members: [
            {
              kind: "function",
              result: "",
              name: "explicit Program",
              parameters: [{ type: "Rank&", name: "on" }],
              suffix: ": rank(on)",
              body: [],
            },
            comment("Issues one step."),
            { kind: "function", result: "void", name: "step", parameters: [] },
            blank,
            { kind: "variable", type: "Rank&", name: "rank" },
            { kind: "variable", type: "Memory", name: "memory", value: braces([atom("rank.memory()")], "") },
            blank,
            ...streamsOf(plan).map((each) => streamMember(names, each)),
            ...plan.groups.flatMap((each) => communicatorMember(names, each)),
            ...plan.exchanges.map((each) => exchangeMember(names, each)),
            { kind: "variable", type: "Events", name: "events", value: braces([], "") },
          ],
        },
        blank,
        comment("All tokens of a micro-batch."),
        {
          kind: "variable",
          type: "inline constexpr Tokens",
          name: "kAllTokens",
          value: braces([atom(0), names.names("tokens"), atom("false")], ""),
        },
        blank,
        ...launchDeclarations(names, functions),
        comment(
          "Cells: launches of some micro-batches through a layer, in the order in which the host issues them.",
        ),
        {
          kind: "namespace",
          name: "cells",
          body: plan.cells.map((cell) => cellDeclaration(names, cell)),
        },
      ],
    },
    blank,
  ];
}

const streamMember = (names: ProgramNames, { name, priority }: Stream): Declaration => ({
  kind: "variable",
  type: "Stream",
  name: names.streamName(name),
  value: braces([atom("rank"), text(name), atom(priority)], ""),
});

/** Its instances are told apart by colour; where the ranks are consecutive both follow from the rank. */
function communicatorMember(
  names: ProgramNames,
  { name, size, instances, sms }: Group,
): readonly Declaration[] {
  const consecutive = instances.every((ranks, colour) =>
    ranks.every((rank, key) => rank === colour * size + key),
  );
  const table = names.constants.of(`group ${name}`, `${name} ranks`);
  const [colour, key] = consecutive
    ? [`rank.rank() / ${String(size)}`, `rank.rank() % ${String(size)}`]
    : [`${table}[rank.rank()][0]`, `${table}[rank.rank()][1]`];
  return [
    {
      kind: "variable",
      type: "Communicator",
      name: names.communicatorName(name),
      value: braces(
        [
          atom("rank"),
          braces([text(name), atom(size), atom(sms)], "CommunicatorSpec"),
          atom(colour),
          atom(key),
        ],
        "",
      ),
    },
  ];
}

const exchangeMember = (names: ProgramNames, { name, group }: Exchange): Declaration => ({
  kind: "variable",
  type: names.exchangeType(name),
  name: names.exchangeName(name),
  value: braces([atom("rank"), atom(names.communicatorName(group))], ""),
});

function eventStructs(events: Events): readonly Declaration[] {
  const cells = [...events.byCell];
  return [
    comment("One event for each edge between streams, by the cell that records it."),
    {
      kind: "struct",
      name: "Events",
      members: cells.flatMap(([cell, own], index): Declaration[] => [
        ...(index === 0 ? [] : [blank]),
        {
          kind: "struct",
          name: `Of_${cell}`,
          members: own.map(({ name }) => ({
            kind: "variable",
            type: "Event",
            name,
            value: braces([text(`${cell}.${name}`)], ""),
          })),
        },
        { kind: "variable", type: `Of_${cell}`, name: cell, value: braces([], "") },
      ]),
    },
    blank,
  ];
}

function launchDeclarations(names: ProgramNames, functions: Functions): readonly Declaration[] {
  return names.plan.model.blocks.flatMap((block): Declaration[] => {
    const own = functions.all.filter((each) => each.block === block.name);
    if (own.length === 0) return [];
    return [
      comment(
        `What each launch of block ${block.name} does: launches.cu, and exchanges.cu for what travels.`,
      ),
      {
        kind: "namespace",
        name: names.namespaceOf(block.name),
        body: own.map((each): Declaration => ({
          kind: "function",
          result: "void",
          name: each.name,
          parameters: parametersOf(each, true),
        })),
      },
      blank,
    ];
  });
}

const cellDeclaration = (names: ProgramNames, { name }: Cell): Declaration => ({
  kind: "function",
  result: "void",
  name: names.cellName(name),
  parameters: [
    { type: "Program&", name: "p" },
    { type: "int", name: "layer" },
  ],
});
