// Who may import whom. Each folder of src/ lists the folders it may use besides itself and diagnostics; everything else
// is forbidden. Imports run downward only: change this table and the README's architecture section together.
const allowed = {
  diagnostics: [],
  plan: [],
  operators: ["plan"],
  syntax: [],
  check: ["syntax", "operators", "cost", "library", "importers", "place", "plan"],
  library: [],
  cost: ["operators", "plan"],
  simulate: ["plan", "cost"],
  linear: [],
  place: ["plan", "cost", "linear"],
  "exchange-plan": ["plan"],
  exchange: ["exchange-plan", "plan", "cost", "linear"],
  verify: ["plan", "exchange-plan"],
  passes: ["check", "operators", "cost", "simulate", "place", "plan"],
  run: ["plan", "exchange-plan", "operators"],
  "run/cuda": ["run", "emit", "plan", "exchange-plan", "operators"],
  "emit/webgpu": ["emit", "plan", "exchange-plan", "operators", "simulate", "run"],
  emit: ["plan", "exchange-plan", "operators", "simulate", "place"],
  report: ["plan", "exchange-plan", "exchange", "simulate", "place", "verify", "run"],
  importers: ["plan", "place", "exchange-plan"],
  placing: ["check", "importers", "operators", "cost", "place", "plan", "report", "files.ts"],
  exchanging: [
    "check",
    "importers",
    "operators",
    "cost",
    "exchange-plan",
    "exchange",
    "verify",
    "plan",
    "report",
    "files.ts",
  ],
  lsp: ["index.ts"],
  cli: ["index.ts"],
};

/** Turns one row of the table into a rule. A nested folder has a row of its own, which its parent's leaves out. */
const folderRule = ([folder, uses]) => {
  const nested = Object.keys(allowed).filter((other) => other.startsWith(`${folder}/`));
  const reachable = [folder, ...uses, "diagnostics"].map((name) =>
    name.endsWith(".ts") ? `^src/${name.replace(".", "\\.")}$` : `^src/${name}/`,
  );
  return {
    name: `${folder.replace("/", "-")}-imports-downward`,
    comment: `src/${folder} may import only: ${[...uses, "diagnostics"].join(", ")}`,
    severity: "error",
    from: { path: `^src/${folder}/`, pathNot: nested.map((name) => `^src/${name}/`) },
    to: { path: "^src/", pathNot: reachable },
  };
};

module.exports = {
  forbidden: [
    ...Object.entries(allowed).map(folderRule),
    {
      name: "folder-has-a-row",
      comment: "A new folder of src/ needs a row in the table above.",
      severity: "error",
      from: {},
      to: { path: "^src/[^/]+/", pathNot: Object.keys(allowed).map((folder) => `^src/${folder}/`) },
    },
    {
      name: "index-is-not-a-client",
      comment: "The Node API is below the command line and the language server.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/(cli|lsp)/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      comment: "Nothing reaches this file and it reaches nothing.",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$"] },
      to: {},
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "product-code-only",
      comment: "src/ runs without the tests and without development dependencies (optional peers aside).",
      severity: "error",
      from: { path: "^src/" },
      to: {
        path: ["^test/", "node_modules/"],
        pathNot: ["node_modules/(webgpu|@webgpu/types|@sparticuz/chromium)/"],
        dependencyTypesNot: ["npm", "core", "type-only"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["main", "types"],
    },
  },
};
