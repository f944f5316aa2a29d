// Runs actors in an order that a seed picks, some of them as late as they can be; finds out when all wait for each other.

/** One step of an actor: "blocked" where it has to wait and has done nothing. */
export interface Actor {
  readonly name: string;
  readonly step: () => "moved" | "blocked" | "done";
}

export class Deadlock extends Error {}

/** Numbers from 0 up to, not including, `below` (xorshift). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % Math.floor(below);
  };
}

/**
 * Runs all to their end. A tenth of the actors, of many some forty, are lazy: they move only when no other can.
 * @throws {Deadlock} where none can, and not all have ended
 */
export function interleave(actors: readonly Actor[], seed: number): void {
  const random = randomNumbers(seed);
  const lazy = new Set(actors.filter(() => random(Math.max(10, actors.length / 40)) === 0));
  const ready = actors.filter((actor) => !lazy.has(actor));
  const waiting: Actor[] = [];
  const asleep = [...lazy];
  let moved = true;
  const take = (from: Actor[], at: number): Actor => {
    const actor = from[at]!;
    from[at] = from.at(-1)!;
    from.pop();
    return actor;
  };
  for (;;) {
    if (ready.length === 0) {
      if (!moved && !wakeOne(asleep, random, take)) {
        const stuck = [...waiting, ...asleep];
        if (stuck.length === 0) return;
        throw new Deadlock(
          `all wait: ${stuck
            .slice(0, 8)
            .map(({ name }) => name)
            .join("; ")}`,
        );
      }
      moved = false;
      ready.push(...waiting.splice(0));
      continue;
    }
    const at = random(ready.length);
    const outcome = ready[at]!.step();
    if (outcome === "blocked") waiting.push(take(ready, at));
    else {
      moved = true;
      if (outcome === "done") take(ready, at);
      // Now and then who waited looks at once.
      if (waiting.length > 0 && random(8) === 0) ready.push(take(waiting, random(waiting.length)));
    }
  }
}

/** Some lazy actor goes as far as it can; whether any could. */
function wakeOne(
  asleep: Actor[],
  random: (below: number) => number,
  take: (from: Actor[], at: number) => Actor,
): boolean {
  const start = random(Math.max(1, asleep.length));
  for (let turn = 0; turn < asleep.length; turn++) {
    const at = (start + turn) % asleep.length;
    let outcome = asleep[at]!.step();
    if (outcome === "blocked") continue;
    while (outcome === "moved") outcome = asleep[at]!.step();
    if (outcome === "done") take(asleep, at);
    return true;
  }
  return false;
}
