// How a layout orders the entries of a set (atoms, or copies: the atoms of one source on one node taken together): whether
// some of them stand in one piece, and whether two layouts have them in the same order.
import { includes, sizeOf, type AtomReader, type Atoms, type Order } from "./atoms.js";

/** Sources and columns of a set, in the order of a layout: columns are slots, and behind those of a node its copies. */
interface Entries {
  readonly sources: readonly number[];
  readonly columns: readonly number[];
}

const railOf = (reader: AtomReader, rank: number): number => rank % reader.ranksPerNode;

function entriesOf(reader: AtomReader, { sources, slots }: Atoms, { order, copies }: Order): Entries {
  const { lists } = reader;
  const inOrder = order.includes("rail")
    ? lists.byRail.of(sources, () =>
        [...sources].sort((left, right) => railOf(reader, left) - railOf(reader, right) || left - right),
      )
    : sources;
  if (copies === undefined) return { sources: inOrder, columns: slots };
  const columns = lists.columns[copies].of(slots, () => {
    const copiesFor = (node: number): number => reader.placement.slots + node;
    const nodes = reader.nodesOf(slots);
    if (copies === "only") return nodes.map(copiesFor);
    return nodes.flatMap((node) => [
      ...slots.filter((slot) => reader.nodeOf(reader.hosts[slot]!) === node),
      copiesFor(node),
    ]);
  });
  return { sources: inOrder, columns };
}

/** Entries of a set: what has a count, or a run of rows, of its own. */
export function entryCount(reader: AtomReader, atoms: Atoms, order: Order): number {
  const { sources, columns } = entriesOf(reader, atoms, order);
  return sources.length * columns.length;
}

/** Why a layout cannot hold a set: a copy serves all slots of its node, so it goes with all or none of them. */
export function copiesFault(reader: AtomReader, { slots }: Atoms, { copies }: Order): string | undefined {
  if (copies === undefined) return undefined;
  const count = (of: Iterable<number>, node: number): number =>
    [...of].filter((host) => reader.nodeOf(host) === node).length;
  const hosts = (): readonly number[] => slots.map((slot) => reader.hosts[slot]!);
  const partial = reader.lists.partialNode.of(
    slots,
    () => reader.nodesOf(slots).find((node) => count(hosts(), node) !== count(reader.hosts, node)) ?? -1,
  );
  if (partial < 0) return undefined;
  return `copies are of all ${count(reader.hosts, partial)} slots of a node together; of node ${partial} it has ${count(hosts(), partial)}`;
}

/** Whether a layout that holds `held` has all of `part`, and has it in one piece. */
export function isOnePiece(
  reader: AtomReader,
  part: Atoms,
  held: Atoms,
  order: Order,
): "yes" | "missing" | "scattered" {
  if (sizeOf(part) === 0) return "yes";
  if (!includes(held, part)) return "missing";
  const all = entriesOf(reader, held, order);
  const some = entriesOf(reader, part, order);
  const position = positions(reader, all, order.order);
  // Both lists are in the layout's order, so the first and last entries are those of the first and last of each.
  const first = position(some.sources[0]!, some.columns[0]!);
  const last = position(some.sources.at(-1)!, some.columns.at(-1)!);
  return last - first + 1 === some.sources.length * some.columns.length ? "yes" : "scattered";
}

/** Where an entry stands among those that a layout holds. */
function positions(
  reader: AtomReader,
  { sources, columns }: Entries,
  order: Order["order"],
): (source: number, column: number) => number {
  const { lists } = reader;
  const indexed = (list: readonly number[]): ReadonlyMap<number, number> =>
    lists.positions.of(list, () => new Map(list.map((each, at) => [each, at])));
  const [sourceAt, columnAt] = [indexed(sources), indexed(columns)];
  if (order[0] === "slot" || order[0] === "node")
    return (source, column) => columnAt.get(column)! * sources.length + sourceAt.get(source)!;
  if (order[0] !== "host")
    return (source, column) => sourceAt.get(source)! * columns.length + columnAt.get(column)!;
  return (source, column) => {
    const { before, own } = columnsByHost(reader, columns).get(reader.hosts[column]!)!;
    return before * sources.length + sourceAt.get(source)! * own + columnAt.get(column)! - before;
  };
}

/** Columns rise with their hosts. */
const columnsByHost = (
  reader: AtomReader,
  columns: readonly number[],
): ReadonlyMap<number, { readonly before: number; readonly own: number }> =>
  reader.lists.hosts.of(columns, () => {
    const hosts = columns.map((column) => reader.hosts[column]!);
    return new Map(
      hosts.map((host) => [
        host,
        {
          before: hosts.filter((each) => each < host).length,
          own: hosts.filter((each) => each === host).length,
        },
      ]),
    );
  });

/** What a layout sorts a set by, as far as that can tell its entries apart. */
export function sortKeys(reader: AtomReader, { sources, slots }: Atoms, { order, copies }: Order): string {
  const several = (of: readonly number[], what: (each: number) => number): boolean => {
    const first = of[0];
    return first !== undefined && of.some((each) => what(each) !== what(first));
  };
  const nodes = reader.nodesOf(slots);
  const varies: Readonly<Record<Order["order"][number], boolean>> = {
    slot: slots.length > 1,
    host: several(slots, (slot) => reader.hosts[slot]!),
    node: nodes.length > 1,
    source: sources.length > 1,
    rail: several(sources, (source) => railOf(reader, source)),
  };
  const kept = order.filter((key) => varies[key]);
  return [
    ...(copies === undefined ? [] : [`copies ${copies}`]),
    // Slots rise with their hosts, and on one node sources with their rails.
    ...kept.filter(
      (key, at) =>
        !(key === "host" && kept[at + 1] === "slot") &&
        !(key === "rail" && kept[at + 1] === "source" && !several(sources, reader.nodeOf)),
    ),
  ].join(", ");
}
