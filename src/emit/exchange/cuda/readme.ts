// The README of an exchange's program.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import { nameOf } from "./plan-file.js";

export const readmeOf = (
  plan: ExchangePlan,
  sha256: string,
): string => `# ${nameOf(plan)}, ${plan.ranks} ranks

An all-to-all as a CUDA/NCCL program, written by weft from the exchange plan ${sha256.slice(0, 12)}. It is right for any traffic: counts are
read at run time.

    cmake -S . -B build -DNCCL_HOME=/path/to/nccl && cmake --build build -j
    launch/torchrun.sh build/weft_program -w 2 -n 10
    launch/torchrun.sh build/weft_program --data routing.txt --json results.json

\`routing.txt\` has a line for each token: its source, then its destinations. Every run holds its result against the host's own;
the column \`#wrong\` counts bytes that differ.

| where | what |
|---|---|
| \`program/plan.cpp\` | the plan: its ${plan.routes.length} routes, ${plan.launches.length} launches, and how rows spread over rails |
| \`runtime/pieces.cpp\` | what a route means: which part of a pair's rows moves in which launch, from where to where |
| \`runtime/moves.cpp\` | for actual counts, the messages of a rank and the rows that they are made of |
| \`runtime/exchange_step.cpp\` | one exchange: an all-gather of counts that the host waits for, then for each launch a kernel that packs and one NCCL group, then the result |
| \`runtime/row_kernels.cu\` | the kernels: rows are copied, or added up as floats where the plan combines |
| \`runtime/row_values.cpp\` | what rows hold, and what must have become of them |

${plan.capacity_rows === undefined ? "A rank may receive any number of rows." : `With more than ${plan.capacity_rows} rows for a rank, or on their way over it, all ranks end with an error before anything moves.`}
The communicator has ${plan.communicator.sms} SMs (minCTAs and maxCTAs). A group has at most 2,048 sends and receives.
`;
