/** What every page of the sign-in is made of: its frame with its look and its headers, and forms that answer by a button. */
import { randomBytes } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A page and the headers it must be served with. */
export interface Page {
  readonly body: Markup;
  readonly headers: Record<string, string>;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5c5c5c; --paper: #ffffff; --ground: #eef1f5; --line: #d5d9df; --accent: #0f5fb4; --on-accent: #ffffff; --hover: #f2f6fb; --bad: #a4262c; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f3f3; --soft: #b9bdc4; --paper: #23262b; --ground: #15171a; --line: #454a52; --accent: #7ab8f5; --on-accent: #10243a; --hover: #2d3238; --bad: #f1a3a8; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--ground); color: var(--ink); font: 15px/1.45 "Segoe UI", system-ui, sans-serif; }
main { width: 100%; max-width: 480px; padding: 32px 36px 28px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.stand-in { margin: 0 0 20px; color: var(--soft); font-size: 13px; }
h1 { margin: 0 0 6px; font-size: 23px; line-height: 1.25; font-weight: 600; }
p { margin: 0 0 14px; overflow-wrap: anywhere; }
ul { margin: 0 0 16px; padding: 0; list-style: none; }
.accounts { border-top: 1px solid var(--line); }
.accounts li { border-bottom: 1px solid var(--line); }
.permissions { padding-left: 20px; list-style: disc; }
.permissions li { margin: 3px 0; overflow-wrap: anywhere; }
button, .button { font: inherit; cursor: pointer; border-radius: 4px; padding: 7px 18px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); }
button:hover { background: var(--hover); }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
button.primary:hover { filter: brightness(1.08); }
button.account { display: block; width: 100%; padding: 11px 10px; border: 0; border-radius: 0; text-align: left; }
button.account strong { display: block; font-weight: 600; }
button.account span { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.actions { display: flex; gap: 10px; justify-content: flex-end; margin-top: 22px; }
label { display: block; margin: 0 0 4px; font-size: 13px; color: var(--soft); }
input[type=text] { width: 100%; font: inherit; padding: 7px 9px; border: 1px solid var(--soft); border-radius: 4px; background: var(--paper); color: var(--ink); }
.other { display: grid; grid-template-columns: 1fr auto; gap: 10px; align-items: end; margin-top: 4px; }
.problem { margin-top: 10px; color: var(--bad); font-weight: 600; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0; font-size: 13px; color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
`;

const headersFor = (nonce: string, formAction: string): Record<string, string> => ({
  'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  // With no-referrer Chromium would call the origin of our own forms null.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});

/**
 * A page of this title. `formAction` is where its forms may send to, as the Content-Security-Policy says it; `script` the one
 * script that it may run.
 */
export const page = (title: string, content: Markup, formAction = "'self'", script = ''): Page => {
  const nonce = randomBytes(16).toString('base64url');
  return {
    headers: headersFor(nonce, formAction),
    body: html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <link rel="icon" href="data:," />
          <style nonce="${nonce}">
            ${raw(STYLE)}
          </style>
        </head>
        <body>
          <main>
            <p class="stand-in">Backstop emulator · stands in for Entra ID</p>
            ${content}
          </main>
          ${
            script === ''
              ? ''
              : html`<script nonce="${nonce}">
                  ${raw(script)};
                </script>`
          }
        </body>
      </html> `,
  };
};

export const hiddenFields = (fields: Readonly<Record<string, string>>): Markup[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);

/** A button that answers with this name and value. */
export interface Button {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly isPrimary?: boolean;
}

const buttonMarkup = ({ name, value, label, isPrimary }: Button): Markup =>
  html`<button${isPrimary === true ? raw(' class="primary"') : ''} name="${name}" value="${value}">${label}</button>`;

/** A form that gives the fields back, with one of its buttons. */
export const answerForm = (fields: Readonly<Record<string, string>>, buttons: readonly Button[]): Markup =>
  html`<form method="post" class="actions">${hiddenFields(fields)}${buttons.map(buttonMarkup)}</form>`;
