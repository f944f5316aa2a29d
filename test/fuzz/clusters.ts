// Random clusters: nodes of any size over one tier or two, whose GPUs multiply in some formats and not in others.
import fc, { type Arbitrary } from "fast-check";

export interface Cluster {
  /** What the file imports for it. */
  readonly imports: readonly string[];
  /** Its declaration, empty where it is imported. */
  readonly declaration: string;
  /** How a schedule names it. */
  readonly use: string;
  /** GPUs that the fastest tier joins. */
  readonly perNode: number;
  readonly gpus: number;
  /** Number formats in which its GPUs multiply. */
  readonly formats: readonly string[];
}

/** Every GPU is executed, so most clusters are small. */
const shape = fc.oneof(
  { weight: 5, arbitrary: fc.record({ perNode: fc.integer({ min: 1, max: 4 }), nodes: fc.constant(1) }) },
  {
    weight: 8,
    arbitrary: fc.record({ perNode: fc.integer({ min: 2, max: 4 }), nodes: fc.integer({ min: 2, max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ perNode: fc.integer({ min: 1, max: 9 }), nodes: fc.integer({ min: 1, max: 5 }) }),
  },
);

/** GPUs of a cluster that may be there twice. */
const MOST_HALF = 6;

const PEAKS: readonly Readonly<Record<string, string>>[] = [
  { fp8: "1979 TFLOPS", bf16: "989 TFLOPS", fp16: "989 TFLOPS", f32: "67 TFLOPS" },
  { bf16: "312 TFLOPS", f32: "19.5 TFLOPS" },
  { bf16: "989 TFLOPS", fp8: "1.979 PFLOPS" },
];

const own: Arbitrary<Cluster> = fc
  .record({
    shape,
    /** One tier that joins all GPUs, or one above another. */
    flat: fc.constantFrom(false, false, false, true),
    /** Whether a third tier joins two of all that. */
    twice: fc.constantFrom(false, false, false, false, true),
    upper: fc.constantFrom("rail", "switch"),
    peak: fc.constantFrom(...PEAKS),
    sms: fc.constantFrom(132, 108, 20),
    fast: fc.constantFrom("450 GB/s", "25 GB/s"),
    slow: fc.constantFrom("50 GB/s", "400 Gb/s", "1 GB/s"),
    latency: fc.constantFrom("0 us", "1.5 us", "40 us"),
    gap: fc.constantFrom("", ", message_gap: 0.5 us"),
    memory: fc.constantFrom("80 GiB", "80 GiB", "80 GiB", "200 MB"),
    /** Adapters of a node, where it has so many GPUs. */
    nics: fc.constantFrom(0, 0, 0, 1, 2, 3),
    oversubscription: fc.constantFrom("", "", "", ", oversubscription: 1.5", ", oversubscription: 4"),
  })
  .map((random) => {
    const { shape, flat, twice, upper, peak, sms, fast, slow, latency, gap, memory } = random;
    const { perNode, nodes } = shape;
    const nics = random.nics > 0 && random.nics <= perNode ? `, nics: ${String(random.nics)}` : "";
    const joined = flat ? perNode * nodes : perNode;
    const halves = twice && perNode * nodes <= MOST_HALF ? 2 : 1;
    const tiers = [
      `tier near { joins: ${String(joined)}, kind: switch, bandwidth: ${fast}, efficiency: 0.8, latency: ${latency}${gap} }`,
      ...(flat
        ? []
        : [
            `tier far { joins: nodes, kind: ${upper}, bandwidth: ${slow}, latency: ${latency}${gap}${nics}${random.oversubscription} }`,
          ]),
      ...(halves > 1
        ? [
            `tier farthest { joins: ${String(halves)}, kind: switch, bandwidth: ${slow}, latency: ${latency}${random.oversubscription} }`,
          ]
        : []),
    ];
    const peaks = Object.entries(peak).map(([format, rate]) => `${format}: ${rate}`);
    const gpu = `gpu { memory: ${memory}, memory_bandwidth: 3 TB/s, sms: ${String(sms)}, peak: { ${peaks.join(", ")} } }`;
    return {
      imports: [],
      declaration: `cluster Lab${flat ? "" : "(nodes)"} {\n  ${[gpu, ...tiers].join("\n  ")}\n}`,
      use: flat ? "Lab" : `Lab(nodes: ${String(nodes)})`,
      perNode: joined,
      gpus: perNode * nodes * halves,
      formats: Object.keys(peak),
    };
  });

const library: Arbitrary<Cluster> = fc
  .record({ shape, name: fc.constantFrom(["H100", "h100"] as const, ["A100", "a100"] as const) })
  .map(({ shape: { perNode, nodes }, name: [cluster, file] }) => ({
    imports: [`weft:clusters/${file}`],
    declaration: "",
    use: `${cluster}(nodes: ${String(nodes)}, gpus: ${String(perNode)})`,
    perNode,
    gpus: perNode * nodes,
    formats: Object.keys(cluster === "H100" ? PEAKS[0]! : { bf16: "", fp16: "", f32: "" }),
  }));

export const anyCluster: Arbitrary<Cluster> = fc.oneof(
  { weight: 3, arbitrary: own },
  { weight: 1, arbitrary: library },
);
