// Derives what is derived: from the JSON Schemas of plans (src/plan and src/exchange-plan) their TypeScript types and validators
// that need no schema compiler at run time; from the pages of the diagnostics a module; from the parser its grammar in EBNF.
// Writes the files, or with `--check` only compares them with what is committed.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";

/** Plans by the folder of their schema; what a schema takes from the launch plan's, its types import from there. */
const plans = [
  { folder: "src/plan/", type: "LaunchPlan", imports: "" },
  {
    folder: "src/exchange-plan/",
    type: "ExchangePlan",
    imports: 'import type { Machine } from "../plan/index.js";\n',
  },
];
const notice = "// Generated from schema.json by `npm run generate`. Do not edit.\n";

/** @param {URL} url @returns {Promise<string | undefined>} */
async function readIfPresent(url) {
  try {
    return await readFile(url, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** @param {string} schemaText @param {typeof plans[number]} plan @returns {Promise<string>} */
async function generateTypes(schemaText, { type, imports }) {
  // A `$ref` with a description beside it would become a numbered copy of the type; name the type instead.
  /** @type {import("json-schema-to-typescript").JSONSchema} */
  const schema = JSON.parse(schemaText, (_key, value) =>
    value !== null && typeof value === "object" && typeof value.$ref === "string"
      ? { tsType: value.$ref.replace(/^.*#\/definitions\//, ""), description: value.description }
      : value,
  );
  return compile(schema, type, {
    unreachableDefinitions: true,
    additionalProperties: false,
    bannerComment: (notice + imports).trim(),
    style: { printWidth: 110 },
    cwd: new URL(".", import.meta.url).pathname,
  });
}

/** Descriptions are for people; a validator does not carry them. @param {string} text */
const withoutDescriptions = (text) =>
  JSON.parse(text, (key, value) => (key === "description" && typeof value === "string" ? undefined : value));

/** @param {string} schemaText @param {string} folder @param {string[]} others @returns {Promise<string>} */
async function generateValidator(schemaText, folder, others) {
  const ajv = new Ajv({
    inlineRefs: false,
    discriminator: true,
    strictRequired: false,
    strictTuples: false,
    allowUnionTypes: true,
    allErrors: false,
    code: { source: true, esm: true },
  });
  for (const other of others) ajv.addSchema(withoutDescriptions(other));
  const validate = ajv.compile(withoutDescriptions(schemaText));
  // ajv's ESM output still calls `require` for its helpers; bundling pulls those few lines in.
  const bundled = await build({
    stdin: {
      contents: standaloneCode.default(ajv, validate),
      resolveDir: fileURLToPath(new URL(folder, import.meta.url)),
    },
    absWorkingDir: new URL(".", import.meta.url).pathname,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    legalComments: "none",
    write: false,
  });
  return "// @ts-nocheck\n" + notice + bundled.outputFiles.map((file) => file.text).join("");
}

/** @param {string} type */
const validatorTypes = (type) => `${notice}import type { ${type} } from "./types.gen.js";

/** A place where a value departs from the schema. */
export interface SchemaError {
  /** JSON pointer to the offending value. */
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

/** Says whether \`data\` has the shape of a plan; after \`false\`, \`errors\` holds the first departure. */
export declare const validate: {
  (data: unknown): data is ${type};
  errors?: SchemaError[] | null;
};
export default validate;
`;

/** Loads the grammar's generator, which is TypeScript. @returns {Promise<{ toEbnf: () => string }>} */
async function loadEbnf() {
  const bundled = await build({
    entryPoints: ["src/syntax/ebnf.ts"],
    absWorkingDir: new URL(".", import.meta.url).pathname,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
  });
  const code = Buffer.from(bundled.outputFiles[0]?.contents ?? []).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

/** The page of each diagnostic code, as a module. @returns {Promise<string>} */
async function generatePages() {
  const names = (await readdir(new URL("src/diagnostics/pages/", import.meta.url)))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.slice(0, -".md".length))
    .sort();
  /** @param {string} name */
  const identifier = (name) => name.replace(/-(.)/g, (_, next) => next.toUpperCase());
  const imports = names.map((name) => `import ${identifier(name)} from "./pages/${name}.md";\n`);
  const entries = names.map((name) => `  "${name}": ${identifier(name)},\n`);
  return `// Generated from pages/*.md by \`npm run generate\`. Do not edit.
import type { Code } from "./codes.js";
${imports.join("")}
/** What \`weft explain CODE\` prints, in Markdown. */
export const pages: Readonly<Record<Code, string>> = {
${entries.join("")}};
`;
}

/** Files below a folder in order, relative to it. @param {string} folder @returns {Promise<string[]>} */
async function filesIn(folder) {
  const names = await readdir(new URL(folder, import.meta.url), { recursive: true, withFileTypes: true });
  const root = fileURLToPath(new URL(folder, import.meta.url));
  return names
    .filter((each) => each.isFile())
    .map((each) => relative(root, join(each.parentPath, each.name)))
    .sort();
}

/** Texts of emitted programs, as a module: [file below src/, path in the emitted folder]. @returns {Promise<string>} */
async function generateEmittedFiles() {
  const below = async (/** @type {string} */ folder, /** @type {string} */ to) =>
    (await filesIn(`src/emit/cuda/${folder}/`)).map((name) => [
      `emit/cuda/${folder}/${name}`,
      `${to}${name}`,
    ]);
  const operators = (await filesIn("src/operators/"))
    .filter((name) => /\.(cuh|h)$/.test(name))
    .map((name) => [`operators/${name}`, `operators/${name.slice(name.lastIndexOf("/") + 1)}`]);
  const program = [...(await below("folder", "")), ...(await below("runtime", "runtime/")), ...operators];
  // Its CMakeLists.txt stands beside the folder.
  const emulation = (await below("emulation", "emulation/")).map(([from, to]) => [
    from,
    to === "emulation/CMakeLists.txt" ? "CMakeLists.txt" : to,
  ]);
  /** @param {string | undefined} path */
  const identifier = (path = "") =>
    path.replace(/^emit\/cuda\//, "").replace(/[^A-Za-z0-9]+(.)/g, (_, next) => next.toUpperCase());
  const all = [...program, ...emulation];
  const imports = all.map(([from]) => `import ${identifier(from)} from "../../${from}";\n`);
  /** @param {(string | undefined)[][]} files */
  const list = (files) =>
    files.map(([from, to]) => `  { path: "${to}", text: ${identifier(from)} },\n`).join("");
  return `// Generated from the files of emitted programs by \`npm run generate\`. Do not edit.
${imports.join("")}
interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What every emitted program has. */
export const fixedFiles: readonly TextFile[] = [
${list(program)}];

/** What executes one on a CPU. */
export const emulationFiles: readonly TextFile[] = [
${list(emulation)}];
`;
}

/** What a program of an exchange alone takes of the runtime of launch plans' programs; headers come with their sources. */
const runtimeOfExchanges =
  "board check checkpoints communicator connection facts gathering launcher launcher_mpi meeting meter nvtx options peers pinned rank report report_json run_rank step_clock stream tcp_peers versions watch device".split(
    " ",
  );

/** Texts of programs of exchanges alone, as a module. @returns {Promise<string>} */
async function generateExchangeFiles() {
  const shared = (await filesIn("src/emit/cuda/runtime/")).filter((name) =>
    runtimeOfExchanges.includes(name.slice(0, name.lastIndexOf("."))),
  );
  const own = await filesIn("src/emit/exchange/cuda/runtime/");
  const folder = await filesIn("src/emit/cuda/folder/");
  const all = [
    ...folder.map((name) => [`../../cuda/folder/${name}`, name]),
    ...shared.map((name) => [`../../cuda/runtime/${name}`, `runtime/${name}`]),
    ...own.map((name) => [`./runtime/${name}`, `runtime/${name}`]),
  ];
  const identifier = (/** @type {number} */ index) => `text${String(index)}`;
  return `// Generated from the files of emitted programs by \`npm run generate\`. Do not edit.
${all.map(([from], index) => `import ${identifier(index)} from "${String(from)}";\n`).join("")}
/** What every program of an exchange has. */
export const fixedFiles: readonly { readonly path: string; readonly text: string }[] = [
${all.map(([, to], index) => `  { path: "${String(to)}", text: ${identifier(index)} },\n`).join("")}];
`;
}

/** Writes a file, or with `--check` says that it is out of date. @param {string} path @param {string} text @param {string} from */
async function emit(path, text, from) {
  const url = new URL(path, import.meta.url);
  if (!process.argv.includes("--check")) {
    await writeFile(url, text);
  } else if ((await readIfPresent(url)) !== text) {
    console.error(`${path} does not match ${from}; run \`npm run generate\``);
    process.exitCode = 1;
  }
}

/** @type {string[]} */
const schemas = [];
for (const plan of plans) {
  const { folder, type } = plan;
  const text = await readIfPresent(new URL(`${folder}schema.json`, import.meta.url));
  if (text === undefined) continue;
  const from = `${folder}schema.json`;
  await emit(`${folder}types.gen.ts`, await generateTypes(text, plan), from);
  await emit(`${folder}validate.gen.js`, await generateValidator(text, folder, schemas), from);
  await emit(`${folder}validate.gen.d.ts`, validatorTypes(type), from);
  schemas.push(text);
}
await emit("src/diagnostics/pages.gen.ts", await generatePages(), "src/diagnostics/pages/");
await emit("src/emit/cuda/files.gen.ts", await generateEmittedFiles(), "src/emit/cuda/ and src/operators/");
await emit(
  "src/emit/exchange/cuda/files.gen.ts",
  await generateExchangeFiles(),
  "src/emit/cuda/ and src/emit/exchange/cuda/runtime/",
);
await emit("grammar/weft.ebnf", (await loadEbnf()).toEbnf(), "src/syntax/grammar.ts");
