import { html, raw } from 'hono/html';

// A browser knows no character references in a style sheet, so this one thing goes into the page unescaped: a constant, with
// nothing in it from outside.
const STYLE = raw(`
:root { color-scheme: light; font: 13px/1.5 "Segoe UI", system-ui, sans-serif; color: #242424; }
body { margin: 24px auto; max-width: 1100px; padding: 0 16px; }
h1 { font-size: 20px; } h2 { font-size: 14px; margin-top: 24px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; } dt { color: #616161; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #e0e0e0; font-size: 12px; }
.any { overflow-wrap: anywhere; } td.any:first-child { min-width: 190px; }
th { white-space: nowrap; } .id { font: 11px Consolas, monospace; } .result, .short { white-space: nowrap; } .failed { font-weight: 600; }
.sum { font-size: 14px; font-weight: 600; } .trouble td { background: #fdf3f4; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`);

/** The beginning of every report, up to the first heading: no script, nothing from outside, light, fit for print. The title is escaped. */
export function pageHead(title: string) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
     `;
}

export const PAGE_END = '</body></html>\n';
