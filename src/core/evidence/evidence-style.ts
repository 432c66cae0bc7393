// Belongs here: how the report on a bundle looks, on a screen and on paper. Does NOT belong here: what it says (see evidence-report.ts).

export const EVIDENCE_STYLE = `
body { margin: 2em auto; max-width: 60em; padding: 0 1.2em; color: #1b1c20; background: #fff; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7em; line-height: 1.25; margin: 0 0 .4em; }
h2 { font-size: 1.25em; margin: 2em 0 .5em; border-bottom: 1px solid #c9cdd3; padding-bottom: .2em; }
h3 { font-size: 1.05em; margin: 1.6em 0 .4em; }
h4 { font-size: 1em; margin: 1em 0 .3em; }
dl { display: grid; grid-template-columns: 11.5em 1fr; gap: .25em 1.4em; margin: .6em 0; }
dt { color: #55595f; }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
ol, ul { margin: .3em 0; padding-left: 1.4em; }
dd ol { padding-left: 1.2em; }
table { border-collapse: collapse; width: 100%; margin: .6em 0; }
caption { text-align: left; font-weight: 600; padding: .6em 0 .2em; }
th, td { border-bottom: 1px solid #dfe2e6; padding: .35em .9em .35em 0; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { color: #55595f; font-weight: 600; }
tbody th, bdi { overflow-wrap: anywhere; }
tbody th { color: inherit; font-weight: 400; }
article { border-top: 1px solid #c9cdd3; padding-top: .2em; margin-top: 1.6em; }
article:first-of-type { border-top: 0; }
table.list td:first-child, table.list th:first-child { width: 2.5em; }
table.checks { font-size: .92em; }
table.checks td:first-child { width: 7.5em; white-space: nowrap; color: #55595f; }
tr.failed td:first-child, .not-valid > strong { color: #b3131b; font-weight: 600; }
tr.warning td:first-child, tr.not-done td:first-child, .cannot-be-verified > strong { color: #8a5300; }
.sealed > strong, .sealed-with-remarks > strong { color: #146c2e; }
.missing { border-left: 4px solid #8a5300; padding-left: 1em; }
.missing h2 { border: 0; margin-top: 1em; }
.declared { font-style: italic; }
small, .muted { color: #55595f; }
code, pre { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: #f2f3f5; border: 1px solid #dfe2e6; border-radius: 4px; padding: .6em .8em; margin: .4em 0; white-space: pre-wrap; }
footer { margin-top: 2.5em; border-top: 1px solid #c9cdd3; padding-top: .6em; color: #55595f; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 9.5pt; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, pre, dt, dd { break-inside: avoid; }
  thead { display: table-header-group; }
}
@page { size: A4; margin: 16mm; }
`;
