// A random program with what it is executed on: the text of a model, a cluster and a schedule, the data and where tokens crowd.
import fc, { type Arbitrary } from "fast-check";
import { anyCluster } from "./clusters.js";
import { anyModel } from "./models.js";
import { anyRouting, type Routing } from "./routings.js";
import { anySchedule } from "./schedules.js";

export interface Case {
  readonly text: string;
  readonly routing: Routing;
  /** Decides weights and inputs. */
  readonly dataSeed: number;
}

export const anyCase: Arbitrary<Case> = fc
  .record({
    model: anyModel,
    cluster: anyCluster,
    schedule: anySchedule,
    routing: anyRouting,
    dataSeed: fc.nat({ max: 99 }),
  })
  .map(({ model, cluster, schedule, routing, dataSeed }) => ({
    text: `${[
      cluster.imports.map((each) => `import "${each}"`).join("\n"),
      model.declaration,
      cluster.declaration,
      schedule(cluster, model),
    ]
      .filter((part) => part !== "")
      .join("\n\n")}\n`,
    routing,
    dataSeed,
  }));
