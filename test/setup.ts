// Property tests draw the same cases in every run, so that what passed goes on to pass; `SEED=2 npx vitest run` draws others.
import * as fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 1) });
