// Waves cut from one-to-one stages: each wave is a run of stages, so that no node sends or receives more in it than its length,
// and most pairs of nodes have their rows in few waves. A plain division of every pair would send as many messages in each wave.
import { SHARES } from "../../exchange-plan/index.js";
import type { WavePart } from "../routing.js";
import type { Stage } from "../stages/stage.js";

/**
 * The waves: one for each share (they sum to 1) of the stages' length, or one for each stage where there are no shares. Pairs
 * of nodes that are expected to have nothing are in the first: there may be something after all.
 */
export function stagedWaves(
  stages: readonly Stage[],
  nodes: number,
  shares: readonly number[] | undefined,
): WavePart[][] {
  const waveOf = shares === undefined ? [...stages.keys()] : wavesByLength(stages, shares);
  const waves = Array.from({ length: Math.max(1, (waveOf.at(-1) ?? 0) + 1) }, (): WavePart[] => []);
  const amounts = amountsByWave(stages, nodes, waveOf);
  for (let from = 0; from < nodes; from++)
    for (let to = 0; to < nodes; to++) {
      if (from === to) continue;
      const parts = amounts.get(from * nodes + to) ?? [{ wave: 0, amount: 1 }];
      const total = parts.reduce((sum, { amount }) => sum + amount, 0);
      let before = 0;
      let begin = 0;
      parts.forEach(({ wave, amount }, at) => {
        before += amount;
        const end = at === parts.length - 1 ? SHARES : Math.round((SHARES * before) / total);
        if (end > begin) waves[wave]!.push({ pairs: { from, to }, share: [begin, end] });
        begin = end;
      });
    }
  return waves.filter((parts) => parts.length > 0);
}

interface WaveAmount {
  readonly wave: number;
  amount: number;
}

/** By pair of nodes, what each wave moves of it. */
function amountsByWave(
  stages: readonly Stage[],
  nodes: number,
  waveOf: readonly number[],
): ReadonlyMap<number, readonly WaveAmount[]> {
  const amounts = new Map<number, WaveAmount[]>();
  stages.forEach(({ from, to, amounts: moved }, stage) => {
    const wave = waveOf[stage]!;
    for (let at = 0; at < moved.length; at++) {
      const pair = from[at]! * nodes + to[at]!;
      const known = amounts.get(pair);
      const last = known?.at(-1);
      if (last?.wave === wave) last.amount += moved[at]!;
      else if (known === undefined) amounts.set(pair, [{ wave, amount: moved[at]! }]);
      else known.push({ wave, amount: moved[at]! });
    }
  });
  return amounts;
}

/** [stage] its wave: that in whose span of the stages' time its middle lies. */
function wavesByLength(stages: readonly Stage[], shares: readonly number[]): number[] {
  const total = stages.reduce((sum, { length }) => sum + length, 0);
  let wave = 0;
  let end = total * (shares[0] ?? 1);
  let now = 0;
  return stages.map(({ length }) => {
    const middle = now + length / 2;
    now += length;
    while (middle > end && wave < shares.length - 1) end += total * shares[++wave]!;
    return wave;
  });
}
