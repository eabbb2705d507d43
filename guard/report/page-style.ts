/** The page's look: light and dark as the reader's system has it, filters without a script. */
import { type Verdict, verdicts } from "../verdict";

/** The id of a verdict's filter. */
export const filterId = (verdict: Verdict): string => `show-${verdict}`;

/** What is filtered out is gone for the keyboard too. */
const filters = verdicts
  .map((verdict) => `body:has(#${filterId(verdict)}:not(:checked)) .change.${verdict} { display: none; }`)
  .join("\n");

/** Colours have words and signs beside them: whoever sees none reads the same. */
export const style = `
:root { color-scheme: light dark; --text: #1c1c1c; --ground: #ffffff; --line: #c9c9c9; --soft: #f3f3f3; --link: #0b57a4;
  --DOWNTIME: #b3261e; --UNKNOWN: #7a4a00; --DEGRADES: #8a5a00; --SAFE: #1b6e35; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8e8; --ground: #16181b; --line: #4a4e54; --soft: #22252a;
  --link: #8ab4f8; --DOWNTIME: #ff8a80; --UNKNOWN: #ffc266; --DEGRADES: #ffd27f; --SAFE: #7fd99a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--ground); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1.25rem 0 0.25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; }
li { overflow-wrap: anywhere; }
fieldset { margin: 1rem 0; border: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
code { background: var(--soft); padding: 0 0.25rem; overflow-wrap: anywhere; }
.change { border-left: 4px solid var(--line); padding: 0.1rem 0 0.1rem 0.75rem; margin: 0.4rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.verdict { font-weight: 700; }
svg { display: block; margin: 0.75rem 0; max-width: 100%; height: auto; } svg text { font: 13px system-ui, sans-serif; fill: var(--text); }
svg rect { fill: var(--soft); stroke: var(--line); } svg line { stroke: var(--line); }
${verdicts.map((verdict) => `.change.${verdict} { border-color: var(--${verdict}); } .${verdict} .verdict, td.${verdict} { color: var(--${verdict}); } svg .${verdict} { stroke: var(--${verdict}); stroke-width: 2; }`).join("\n")}
${filters}
`.trim();
