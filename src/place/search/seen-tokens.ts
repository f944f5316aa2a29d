// Tokens that were seen, sorted by the experts that they chose.

export interface SeenTokens {
  /** [expert] its tokens, ascending. */
  readonly tokensOf: readonly Int32Array[];
  readonly tokens: number;
}

/** Tokens of `topK` experts each, where -1 stands for none; undefined where there are none. */
export function seenTokens(
  list: Int32Array | undefined,
  topK: number,
  experts: number,
): SeenTokens | undefined {
  const tokens = list === undefined ? 0 : Math.floor(list.length / topK);
  if (list === undefined || tokens === 0) return undefined;
  const lists = Array.from({ length: experts }, (): number[] => []);
  for (let token = 0; token < tokens; token++)
    for (const expert of list.subarray(token * topK, (token + 1) * topK))
      if (expert >= 0 && lists[expert]!.at(-1) !== token) lists[expert]!.push(token);
  return { tokensOf: lists.map((own) => Int32Array.from(own)), tokens };
}
