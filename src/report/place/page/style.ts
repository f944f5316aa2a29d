// How the page looks: two colour schemes, whichever the reader's system has, and nothing from anywhere else.
import { darkShades, lightShades } from "./shades.js";

interface Scheme {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly bound: string;
  readonly shades: readonly string[];
}

const light: Scheme = {
  ...{ paper: "#fbfbfa", panel: "#ffffff", ink: "#1c2126", quiet: "#57606a", rule: "#d8dee4" },
  ...{ before: "#9aa5b1", after: "#0b6e69", bound: "#b3261e", shades: lightShades },
};
const dark: Scheme = {
  ...{ paper: "#12161a", panel: "#191e24", ink: "#e8ecf0", quiet: "#a3adb8", rule: "#333b44" },
  ...{ before: "#6d7884", after: "#3cb8ae", bound: "#ff8a80", shades: darkShades },
};

const variables = ({ shades, ...colors }: Scheme): string =>
  [
    ...Object.entries(colors).map(([name, color]) => `--${name}:${color}`),
    ...shades.map((color, shade) => `--shade${String(shade)}:${color}`),
  ].join(";");

const shadeRules = lightShades
  .map(
    (_, shade) =>
      `.shade${String(shade)}{fill:var(--shade${String(shade)});background:var(--shade${String(shade)})}`,
  )
  .join("\n");

export const style = `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:1160px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:25px;line-height:1.25;margin:0 0 8px;letter-spacing:-.01em}
h2{font-size:18px;margin:40px 0 4px}
h3{font-size:14px;margin:0 0 8px}
p{margin:4px 0;max-width:104ch}
.quiet{color:var(--quiet)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:12px;margin:24px 0 0;padding:0;list-style:none}
.figures li{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:12px 16px}
.figures b{display:block;font-size:24px;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.3}
.figures span{display:block;color:var(--quiet);font-size:13px}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px;margin-top:12px}
figure{margin:12px 0 0;background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:14px 16px}
.pair figure{margin:0}
figcaption{font-size:13px;color:var(--quiet);margin-bottom:8px}
figcaption b{color:var(--ink)}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--quiet)}
svg .strong{fill:var(--bound);font-weight:600}
svg .before{fill:var(--before)}
svg .after{fill:var(--after)}
svg .grid{stroke:var(--rule)}
svg .node{stroke:var(--rule);stroke-dasharray:2 3}
svg .bound{stroke:var(--bound);stroke-width:1.5;stroke-dasharray:6 3}
svg .row{fill:transparent}
svg .row:hover{fill:none;stroke:var(--ink)}
svg .empty{fill:none;stroke:var(--rule)}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;margin:12px 0 0;padding:0;list-style:none;font-size:12.5px;color:var(--quiet)}
.legend i{display:inline-block;width:13px;height:13px;border-radius:2px;margin-right:5px;vertical-align:-2px;border:1px solid var(--rule)}
.legend .before{background:var(--before)}
.legend .after{background:var(--after)}
.wide{overflow-x:auto;margin-top:12px;border:1px solid var(--rule);border-radius:8px;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:5px 12px;text-align:right;white-space:nowrap}
th{font-weight:600;color:var(--quiet)}
thead tr:last-child th{border-bottom:1px solid var(--rule)}
th[colspan]{text-align:center}
tbody tr+tr>*{border-top:1px solid var(--rule)}
tbody th{color:var(--ink)}
.better{color:var(--after);font-weight:600}
ul.remarks{padding-left:20px;max-width:104ch}
${shadeRules}
@media print{main{max-width:none;padding:0}figure,.wide{break-inside:avoid}}
`;
