// Executes an exchange plan on bags of rows, by the format's own expansion: what the verdict of a proof is held against. Knows
// nothing of the verifier.
import {
  forEachPiece,
  rowsOfPiece,
  type Counts,
  type ExchangePlan,
  type Piece,
} from "../../../src/exchange-plan/index.js";

/** What goes wrong first, or undefined where each row arrives once. */
export function misdelivery(plan: ExchangePlan, counts: Counts): string | undefined {
  const pieces: Piece[][] = plan.launches.map(() => []);
  forEachPiece(plan, (piece) => pieces[piece.launch]!.push(piece));
  return plan.direction === "dispatch" ? forth(plan, pieces, counts) : back(plan, pieces, counts);
}

const nodeOf = (plan: ExchangePlan, rank: number): number => Math.floor(rank / plan.ranks_per_node);

/** Whether rows of a pair cross in copies. */
const copied = (plan: ExchangePlan, { source, destination, carries }: Piece): boolean =>
  carries === "copies" || (plan.copies && nodeOf(plan, source) !== nodeOf(plan, destination));

/** Among a node's copies, the one that stands for a row. */
function copyOf(
  plan: ExchangePlan,
  counts: Counts,
  source: number,
  destination: number,
  row: number,
): number {
  const node = nodeOf(plan, destination);
  let copy = 0;
  while (copy < counts.copies(source, node) && counts.rowsOfCopies(source, destination, copy + 1) <= row)
    copy++;
  return copy;
}

const rowName = (source: number, destination: number, row: number): string =>
  `row ${row} from ${source} for ${destination}`;
const copyName = (source: number, node: number, copy: number): string =>
  `copy ${copy} of ${source} for ${node}`;

/** Names of all rows of a piece, and of the copies that stand for them where they have crossed in such. */
function namesOf(plan: ExchangePlan, piece: Piece, counts: Counts): { name: string; copy?: string }[] {
  const { source, destination, carries } = piece;
  const [first, end] = rowsOfPiece(plan, piece, counts);
  return Array.from({ length: end - first }, (_, at) => {
    if (carries === "copies") return { name: copyName(source, destination, first + at) };
    const name = rowName(source, destination, first + at);
    if (!copied(plan, piece)) return { name };
    const copy = copyOf(plan, counts, source, destination, first + at);
    return { name, copy: copyName(source, nodeOf(plan, destination), copy) };
  });
}

function everyRow(plan: ExchangePlan, counts: Counts, visit: (name: string) => void): void {
  for (let source = 0; source < plan.ranks; source++)
    for (let destination = 0; destination < plan.ranks; destination++)
      for (let row = 0; row < counts.rows(source, destination); row++)
        visit(rowName(source, destination, row));
}

function forth(plan: ExchangePlan, pieces: readonly Piece[][], counts: Counts): string | undefined {
  const held = Array.from({ length: plan.ranks }, () => new Set<string>());
  const arrived = new Map<string, number>();
  for (const launch of pieces) {
    const received: (() => void)[] = [];
    for (const piece of launch)
      for (const { name, copy } of namesOf(plan, piece, counts)) {
        if (piece.hop > 0 && !held[piece.from]!.has(copy ?? name))
          return `rank ${piece.from} sends ${name}, which is not there`;
        received.push(() => {
          if (piece.last) arrived.set(name, (arrived.get(name) ?? 0) + 1);
          else held[piece.to]!.add(name);
        });
      }
    for (const each of received) each();
  }
  return once(plan, counts, arrived);
}

/** Every row starts at its destination; what is added to a sum is in its bag. */
function back(plan: ExchangePlan, pieces: readonly Piece[][], counts: Counts): string | undefined {
  const bags = Array.from({ length: plan.ranks }, () => new Map<string, string[]>());
  const arrived = new Map<string, number>();
  for (const launch of [...pieces].reverse()) {
    const received: (() => void)[] = [];
    for (const piece of launch)
      for (const { name, copy } of namesOf(plan, piece, counts)) {
        const bag = piece.last ? [name] : bags[piece.to]!.get(name);
        if (bag === undefined && piece.carries === "rows")
          return `rank ${piece.to} returns ${name}, which is not there`;
        received.push(() => {
          for (const row of piece.hop === 0 ? (bag ?? []) : []) arrived.set(row, (arrived.get(row) ?? 0) + 1);
          const at = bags[piece.from]!;
          const key = copy ?? name;
          // What stays on its rank is there already.
          const stays = piece.from === piece.to && !piece.last;
          if (piece.hop > 0 && !stays) at.set(key, [...(at.get(key) ?? []), ...(bag ?? [])]);
        });
      }
    for (const each of received) each();
  }
  return once(plan, counts, arrived);
}

function once(plan: ExchangePlan, counts: Counts, arrived: ReadonlyMap<string, number>): string | undefined {
  let wrong: string | undefined;
  everyRow(plan, counts, (name) => {
    const times = arrived.get(name) ?? 0;
    if (times !== 1) wrong ??= `${name} arrives ${times} times`;
  });
  return wrong;
}
