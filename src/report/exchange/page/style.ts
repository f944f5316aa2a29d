// How the page of an exchange looks: what it has of its own.
import { styleOf } from "../../page/style.js";
import { darkShades, lightShades } from "./shades.js";

export const style = styleOf(
  {
    colors: { chosen: "#0b6e69", other: "#9aa5b1", tier0: "#3f7fb5", tier1: "#b56a1f", tier2: "#7a5aa6" },
    shades: lightShades,
  },
  {
    colors: { chosen: "#3cb8ae", other: "#6d7884", tier0: "#5b9bd5", tier1: "#dc9550", tier2: "#a98bd6" },
    shades: darkShades,
  },
  `
svg .chosen{fill:var(--chosen)}
svg .other{fill:var(--other)}
svg .tier0{fill:var(--tier0)}
svg .tier1{fill:var(--tier1)}
svg .tier2{fill:var(--tier2)}
svg .lane{fill:var(--rule);opacity:.35}
svg .name{fill:var(--ink)}
svg .node{stroke:var(--panel);stroke-width:1.5}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px;margin-top:12px}
.two figure{margin:0}
td.text,th.text{text-align:left}
td.words{white-space:normal;text-align:left;min-width:26ch}
tr.chosen>*{color:var(--chosen);font-weight:600}
`.trim(),
);
