// What little is left after the stages that busy nodes fill: each stage takes whatever fits, the largest first. Its length is its
// first entry; all stages together take at most twice as long as the busiest line, since an entry waits only for larger ones of
// its sender and its receiver. Source of the argument: Graham's list scheduling, for open shops.
import type { Remainder } from "./lines.js";
import type { Stage } from "./stage.js";

export function largestFirst(remainder: Remainder): Stage[] {
  const { left, size } = remainder;
  let waiting = Int32Array.from(left.keys())
    .filter((at) => left[at]! > 0)
    .sort((one, other) => left[other]! - left[one]! || one - other);
  const stages: Stage[] = [];
  const senderUsed = new Int32Array(size).fill(-1);
  const receiverUsed = new Int32Array(size).fill(-1);
  while (waiting.length > 0) {
    const stage = stages.length;
    const from: number[] = [];
    const to: number[] = [];
    const amounts: number[] = [];
    waiting = waiting.filter((at) => {
      const receiver = at % size;
      const sender = (at - receiver) / size;
      if (senderUsed[sender] === stage || receiverUsed[receiver] === stage) return true;
      senderUsed[sender] = receiverUsed[receiver] = stage;
      from.push(sender);
      to.push(receiver);
      amounts.push(remainder.send(sender, receiver, left[at]!));
      return false;
    });
    stages.push({
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      amounts: Float64Array.from(amounts),
      length: amounts[0]!,
    });
  }
  return stages;
}
