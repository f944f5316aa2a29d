// Traffic for tests of weft exchange, as files of test/cli/fixtures/exchange hold it: tokens drawn by a seed, so that the files can
// be made again.

/** Numbers in [0, 1), by mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Drawn {
  readonly ranks: number;
  readonly tokensPerRank: number;
  readonly experts: number;
  readonly topK: number;
  readonly seed: number;
}

/** [source][token] experts, all different, by a popularity that falls as 1 / rank (Zipf), experts in an order of their own. */
export function drawExperts({ ranks, tokensPerRank, experts, topK, seed }: Drawn): number[][][] {
  const random = generator(seed);
  const order = Array.from({ length: experts }, (_, expert) => [random(), expert] as const)
    .sort(([one], [other]) => one - other)
    .map(([, expert]) => expert);
  let sum = 0;
  const sums = order.map((_, at) => (sum += 1 / (at + 1)));
  const draw = (): number => {
    const point = random() * sum;
    return order[sums.findIndex((each) => each > point)]!;
  };
  return Array.from({ length: ranks }, () =>
    Array.from({ length: tokensPerRank }, () => {
      const chosen = new Set<number>();
      while (chosen.size < topK) chosen.add(draw());
      return [...chosen].sort((one, other) => one - other);
    }),
  );
}

/** [source][token] ranks, where experts are on ranks in order. */
export function ranksOf(drawn: Drawn): number[][][] {
  const each = drawn.experts / drawn.ranks;
  return drawExperts(drawn).map((tokens) =>
    tokens.map((experts) => [...new Set(experts.map((expert) => Math.floor(expert / each)))]),
  );
}

/** [source][destination] rows of tokens, or [source][node] where ranks are divided. */
export function countsOf(tokens: readonly (readonly (readonly number[])[])[], perColumn = 1): number[][] {
  return tokens.map((own) => {
    const row = new Array<number>(tokens.length / perColumn).fill(0);
    for (const token of own)
      for (const column of new Set(token.map((rank) => Math.floor(rank / perColumn)))) row[column]!++;
    return row;
  });
}

/** 64 GPUs, 512 tokens of 7,168 bytes each, the best of 8 of 256 experts by Zipf: bytes as CSV. */
export function skewedCsv(): string {
  const tokens = ranksOf({ ranks: 64, tokensPerRank: 512, experts: 256, topK: 8, seed: 1 });
  const lines = countsOf(tokens).map((row) => row.map((rows) => rows * 7168).join(","));
  return `# bytes from each of 64 GPUs (lines) to each (columns); made by test/cli/exchange-traffic.ts\n${lines.join("\n")}\n`;
}

/** 16 GPUs in two nodes: bytes, and what crosses once for each node. */
export function nodeBytesJson(): string {
  const tokens = ranksOf({ ranks: 16, tokensPerRank: 256, experts: 64, topK: 8, seed: 2 });
  const inBytes = (rows: readonly (readonly number[])[]): string =>
    rows.map((row) => `    [${row.map((each) => each * 7168).join(", ")}]`).join(",\n");
  return `{\n  "bytes": [\n${inBytes(countsOf(tokens))}\n  ],\n  "node_bytes": [\n${inBytes(countsOf(tokens, 8))}\n  ],\n  "row_bytes": 7168\n}\n`;
}

/** 16 GPUs, 12 tokens each, with the ranks that they go to; GPU 5 has none. */
export function routingJson(): string {
  const tokens = ranksOf({ ranks: 16, tokensPerRank: 12, experts: 64, topK: 4, seed: 3 });
  const lines = tokens.map((own, rank) => `    ${JSON.stringify(rank === 5 ? [] : own)}`);
  return `{\n  "row_bytes": 4096,\n  "tokens": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** A router trace of eight ranks, two layers of it. */
export function routerJsonl(): string {
  const layers = [0, 1].flatMap((layer) => {
    const chosen = drawExperts({ ranks: 8, tokensPerRank: 6, experts: 32, topK: 2, seed: 4 + layer });
    return chosen.map((top_indices, rank) =>
      JSON.stringify({
        step: 0,
        stage: "pre_dispatch",
        block: "decoder",
        layer,
        rank,
        num_tokens: 6,
        topk: 2,
        num_experts: 32,
        top_indices,
      }),
    );
  });
  return `${layers.join("\n")}\n`;
}
