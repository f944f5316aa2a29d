// What orders the launches of an emitted program on one rank: its host issue order, read from the printed cells, with streams, events
// and the host's own waits. Decides whether an edge that a damage takes away is still there by way of others, which makes the damage
// harmless. It knows nothing of the plan, of the verifier or of the emulation.

/** One line of what the host issues. */
export type Issue =
  | { readonly kind: "launch"; readonly stream: string }
  | { readonly kind: "wait" | "record"; readonly stream: string; readonly event: string }
  | { readonly kind: "read"; readonly events: readonly string[] };

/** The issues of a step, from program/cells.cu and program/step.cu. */
export function issuesOf(cells: string, step: string): readonly Issue[] {
  const bodies = new Map(
    [...cells.matchAll(/^void (\w+)\(Program& p, int layer\) \{\n([^]*?)^\}/gm)].map(([, name, body]) => [
      name!,
      issuesIn(body!),
    ]),
  );
  const order: Issue[] = [];
  let repeats = 1;
  for (const line of step.split("\n")) {
    const loop = /for \(int layer = (\d+); layer < (\d+);/.exec(line);
    if (loop !== null) repeats = Number(loop[2]) - Number(loop[1]);
    const call = /plan::cells::(\w+)\(p, /.exec(line);
    if (call === null) continue;
    for (let each = 0; each < repeats; each++) order.push(...(bodies.get(call[1]!) ?? []));
    repeats = 1;
  }
  return order;
}

function issuesIn(body: string): readonly Issue[] {
  return [...body.matchAll(/^ {2}(\w[^;]*);/gm)].flatMap(([, statement]): Issue[] => {
    const text = statement!.replace(/\s+/g, " ");
    const edge = /^p\.(\w+)\.(wait|record)\(p\.events\.([\w.]+)\)$/.exec(text);
    if (edge !== null) return [{ kind: edge[2] as "wait" | "record", stream: edge[1]!, event: edge[3]! }];
    if (/_read_counts\(p,/.test(text))
      return [
        { kind: "read", events: [...text.matchAll(/&p\.events\.([\w.]+)/g)].map(([, event]) => event!) },
      ];
    const launch = /^\w+::\w+\(p, p\.(\w+), /.exec(text);
    return launch === null ? [] : [{ kind: "launch", stream: launch[1]! }];
  });
}

/** For each stream how many of its launches have certainly ended. */
type Clock = ReadonlyMap<string, number>;

const merged = (left: Clock, right: Clock): Clock => {
  const result = new Map(left);
  for (const [stream, count] of right) result.set(stream, Math.max(count, result.get(stream) ?? 0));
  return result;
};

/** By which launches what follows each wait, or each read of the host, is preceded. */
export function clocksOf(order: readonly Issue[]): readonly Clock[] {
  const streams = new Map<string, Clock>();
  const issued = new Map<string, number>();
  const events = new Map<string, Clock>();
  let host: Clock = new Map();
  const clockOf = (stream: string): Clock => merged(streams.get(stream) ?? new Map(), host);
  return order.map((issue): Clock => {
    switch (issue.kind) {
      case "launch": {
        const count = (issued.get(issue.stream) ?? 0) + 1;
        issued.set(issue.stream, count);
        streams.set(issue.stream, merged(clockOf(issue.stream), new Map([[issue.stream, count]])));
        break;
      }
      case "record":
        events.set(issue.event, clockOf(issue.stream));
        break;
      case "wait":
        streams.set(issue.stream, merged(clockOf(issue.stream), events.get(issue.event) ?? new Map()));
        break;
      case "read":
        for (const event of issue.events) host = merged(host, events.get(event) ?? new Map());
        break;
    }
    return issue.kind === "read" ? host : clockOf(issue.kind === "launch" ? issue.stream : issue.stream);
  });
}

/**
 * Whether everything that waits guaranteed in `whole` is guaranteed in `damaged` too: the same launches in the same order, with
 * other edges.
 */
export function keepsOrder(whole: readonly Issue[], damaged: readonly Issue[]): boolean {
  const launches = (order: readonly Issue[]) =>
    order.flatMap((issue, at) => (issue.kind === "launch" || issue.kind === "read" ? [at] : []));
  const [before, after] = [clocksOf(whole), clocksOf(damaged)];
  const places = launches(damaged);
  return launches(whole).every((at, index) =>
    [...before[at]!].every(([stream, count]) => (after[places[index]!]?.get(stream) ?? 0) >= count),
  );
}
