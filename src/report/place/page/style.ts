// How the page of a placement looks: what it has of its own.
import { styleOf } from "../../page/style.js";
import { darkShades, lightShades } from "./shades.js";

export const style = styleOf(
  { colors: { before: "#9aa5b1", after: "#0b6e69" }, shades: lightShades },
  { colors: { before: "#6d7884", after: "#3cb8ae" }, shades: darkShades },
  `.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px;margin-top:12px}
.pair figure{margin:0}
svg .before{fill:var(--before)}
svg .after{fill:var(--after)}
svg .node{stroke:var(--rule);stroke-dasharray:2 3}
svg .empty{fill:none;stroke:var(--rule)}
.legend .before{background:var(--before)}
.legend .after{background:var(--after)}
.better{color:var(--after);font-weight:600}
`.trim(),
);
