// How pages look: two colour schemes, whichever the reader's system has, and nothing from anywhere else.

/** Colours by name, of a scheme; rules refer to them as var(--name). */
export interface Scheme {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly bound: string;
}

export const lightScheme: Scheme = {
  ...{ paper: "#fbfbfa", panel: "#ffffff", ink: "#1c2126", quiet: "#57606a", rule: "#d8dee4" },
  bound: "#b3261e",
};
export const darkScheme: Scheme = {
  ...{ paper: "#12161a", panel: "#191e24", ink: "#e8ecf0", quiet: "#a3adb8", rule: "#333b44" },
  bound: "#ff8a80",
};

/** Colours of a page's own, in either scheme, and shades from the first to the last. */
export interface OwnColors {
  readonly colors: Readonly<Record<string, string>>;
  readonly shades: readonly string[];
}

const variables = (scheme: Scheme, { colors, shades }: OwnColors): string =>
  [
    ...Object.entries({ ...scheme, ...colors }).map(([name, color]) => `--${name}:${color}`),
    ...shades.map((color, shade) => `--shade${String(shade)}:${color}`),
  ].join(";");

/** Style of a page with colours and rules of its own. Shades are classes, shade0 and following. */
export function styleOf(light: OwnColors, dark: OwnColors, rules: string): string {
  const shadeRules = light.shades
    .map(
      (_, at) => `.shade${String(at)}{fill:var(--shade${String(at)});background:var(--shade${String(at)})}`,
    )
    .join("\n");
  return `
:root{color-scheme:light dark;${variables(lightScheme, light)}}
@media (prefers-color-scheme:dark){:root{${variables(darkScheme, dark)}}}
${base}
${rules}
${shadeRules}
@media print{main{max-width:none;padding:0}figure,.wide{break-inside:avoid}}
`;
}

const base = `*{box-sizing:border-box}
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
figure{margin:12px 0 0;background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:14px 16px}
figcaption{font-size:13px;color:var(--quiet);margin-bottom:8px}
figcaption b{color:var(--ink)}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--quiet)}
svg .grid{stroke:var(--rule)}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;margin:12px 0 0;padding:0;list-style:none;font-size:12.5px;color:var(--quiet)}
.legend i{display:inline-block;width:13px;height:13px;border-radius:2px;margin-right:5px;vertical-align:-2px;border:1px solid var(--rule)}
.wide{overflow-x:auto;margin-top:12px;border:1px solid var(--rule);border-radius:8px;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:5px 12px;text-align:right;white-space:nowrap}
th{font-weight:600;color:var(--quiet)}
thead tr:last-child th{border-bottom:1px solid var(--rule)}
th[colspan]{text-align:center}
tbody tr+tr>*{border-top:1px solid var(--rule)}
tbody th{color:var(--ink)}
ul.remarks{padding-left:20px;max-width:104ch}
svg .strong{fill:var(--bound);font-weight:600}
svg .bound{stroke:var(--bound);stroke-width:1.5;stroke-dasharray:6 3}
svg .row{fill:transparent}
svg .row:hover{fill:none;stroke:var(--ink)}
`.trim();
