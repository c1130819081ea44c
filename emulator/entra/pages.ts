import { randomBytes } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** A page and the headers it must be served with. */
export interface Page {
  readonly body: HtmlEscapedString | Promise<HtmlEscapedString>;
  readonly headers: Record<string, string>;
}

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

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

const page = (title: string, content: Markup, formAction = "'self'", script = ''): Page => {
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

const hiddenFields = (fields: Readonly<Record<string, string>>): Markup[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);

/** An account as the pages show it. */
export interface ShownAccount {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

/** What every page of one sign-in says: for which application, into which tenant; the tenant is not known for `organizations`. */
export interface SignInSubject {
  readonly applicationName: string;
  readonly tenantName?: string;
}

/** The account page: a button for each account, a field for any other, and a way back. */
export const accountPage = (
  subject: SignInSubject,
  accounts: readonly ShownAccount[],
  typed: { readonly userPrincipalName: string; readonly problem?: string },
): Page =>
  page(
    'Pick an account',
    html`<h1>Pick an account</h1>
      <p>
        to continue to
        ${subject.applicationName}${subject.tenantName === undefined ? '' : html` in <strong>${subject.tenantName}</strong>`}
      </p>
      ${
        accounts.length === 0
          ? html`<p>No account may sign in here.</p>`
          : html`<form method="post">
              <ul class="accounts">
                ${accounts.map(
                  account =>
                    html`<li>
                      <button class="account" name="account" value="${account.id}">
                        <strong>${account.displayName}</strong> <span>${account.userPrincipalName}</span>
                      </button>
                    </li>`,
                )}
              </ul>
            </form>`
      }
      <form method="post" class="other">
        <div>
          <label for="username">Another account</label>
          <input
            id="username"
            name="username"
            type="text"
            value="${typed.userPrincipalName}"
            autocomplete="off"
            spellcheck="false"
            required${typed.problem === undefined ? '' : raw(' aria-invalid="true" aria-describedby="problem"')}
          />
        </div>
        <button name="next" value="1">Next</button>
      </form>
      ${typed.problem === undefined ? '' : html`<p class="problem" id="problem" role="alert">${typed.problem}</p>`}
      <form method="post" class="actions"><button name="cancel" value="1">Cancel</button></form>`,
  );

/** The second factor, played: nothing is verified. */
export const verifyPage = (
  subject: SignInSubject,
  account: ShownAccount,
  fields: Readonly<Record<string, string>>,
): Page =>
  page(
    'Approve sign-in',
    html`<h1>Approve sign-in</h1>
      <p>
        ${subject.tenantName ?? 'Your organisation'} asks ${account.userPrincipalName} for a second factor. The emulator
        takes your word for it.
      </p>
      <form method="post">
        ${hiddenFields(fields)}
        <div class="actions">
          <button name="cancel" value="1">Cancel</button
          ><button class="primary" name="verified" value="1">Approve</button>
        </div>
      </form>`,
  );

/** The consent page of someone who may consent for the whole tenant. */
export const consentPage = (
  subject: SignInSubject,
  account: ShownAccount,
  permissions: readonly string[],
  fields: Readonly<Record<string, string>>,
): Page =>
  page(
    'Permissions requested',
    html`<p>${account.userPrincipalName}</p>
      <h1>Permissions requested</h1>
      <p>
        ${subject.applicationName} would like to, on behalf of everyone in
        <strong>${subject.tenantName ?? 'your organisation'}</strong>:
      </p>
      <ul class="permissions">
        ${permissions.map(name => html`<li>${name}</li>`)}
      </ul>
      <form method="post">
        ${hiddenFields(fields)}
        <div class="actions">
          <button name="consent" value="cancel">Cancel</button
          ><button class="primary" name="consent" value="accept">Accept</button>
        </div>
      </form>`,
  );

/** Shown in the place of the consent page to someone who may not consent. */
export const approvalRequiredPage = (
  subject: SignInSubject,
  account: ShownAccount,
  permissions: readonly string[],
  fields: Readonly<Record<string, string>>,
): Page =>
  page(
    'Need admin approval',
    html`<p>${account.userPrincipalName}</p>
      <h1>Need admin approval</h1>
      <p>
        ${subject.applicationName} needs permissions in
        <strong>${subject.tenantName ?? 'your organisation'}</strong> that only an administrator can grant:
      </p>
      <ul class="permissions">
        ${permissions.map(name => html`<li>${name}</li>`)}
      </ul>
      <form method="post">
        ${hiddenFields(fields)}
        <div class="actions">
          <button name="consent" value="cancel">Return to the application without granting consent</button>
        </div>
      </form>`,
  );

/** What a refusal says to the person in the browser. */
export interface ShownRefusal {
  readonly code: number;
  readonly text: string;
  readonly correlationId: string;
  readonly timestamp: string;
}

/**
 * A refusal that stays in the browser. Entra ID tells the application nothing then; `returnFields` add buttons to try
 * another account and to tell the application after all. Give them only where the redirect URI was found good.
 */
export const refusalPage = (refusal: ShownRefusal, returnFields?: Readonly<Record<string, string>>): Page =>
  page(
    'Sign-in failed',
    html`<h1>Sorry, signing in failed</h1>
      <p role="alert">AADSTS${refusal.code}: ${refusal.text}</p>
      <dl>
        <dt>Correlation ID</dt>
        <dd>${refusal.correlationId}</dd>
        <dt>Timestamp</dt>
        <dd>${refusal.timestamp}</dd>
      </dl>
      ${
        returnFields === undefined
          ? ''
          : html`<form method="post" class="actions">
              ${hiddenFields(returnFields)}<button name="again" value="1">Use another account</button
              ><button name="return" value="1">Return to the application</button>
            </form>`
      }`,
  );

/** Hands the answer to the application by having the browser post it to the redirect URI at once (`form_post`). */
export const formPostPage = (redirectUri: URL, fields: Readonly<Record<string, string>>): Page =>
  page(
    'Working…',
    html`<h1>Returning to the application…</h1>
      <form id="answer" method="post" action="${redirectUri.href}">
        ${hiddenFields(fields)}
        <noscript
          ><p>Your browser runs no scripts here.</p>
          <div class="actions"><button class="primary">Continue</button></div></noscript
        >
      </form>`,
    redirectUri.origin,
    "document.getElementById('answer').submit()",
  );

/** After signing out. */
export const signedOutPage = (): Page =>
  page(
    'Signed out',
    html`<h1>You signed out</h1>
      <p>It is a good idea to close all browser windows.</p>`,
  );
