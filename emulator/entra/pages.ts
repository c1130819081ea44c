/** The pages that a person sees on the way through sign-in. */
import { html, raw } from 'hono/html';
import { answerForm, hiddenFields, page } from './page-frame.ts';
import type { Button, Markup, Page } from './page-frame.ts';

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

const cancel: Button = { name: 'cancel', value: '1', label: 'Cancel' };

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
      ${answerForm({}, [cancel])}`,
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
      ${answerForm(fields, [cancel, { name: 'verified', value: '1', label: 'Approve', isPrimary: true }])}`,
  );

/** What is asked for in the tenant: the consent page, and what stands in its place, differ in their words and buttons only. */
const permissionsPage = (
  title: string,
  account: ShownAccount,
  request: Markup,
  permissions: readonly string[],
  answers: Markup,
): Page =>
  page(
    title,
    html`<p>${account.userPrincipalName}</p>
      <h1>${title}</h1>
      <p>${request}</p>
      <ul class="permissions">
        ${permissions.map(name => html`<li>${name}</li>`)}
      </ul>
      ${answers}`,
  );

const tenantOf = ({ tenantName }: SignInSubject): Markup => html`<strong>${tenantName ?? 'your organisation'}</strong>`;

/** The consent page of someone who may consent for the whole tenant. */
export const consentPage = (
  subject: SignInSubject,
  account: ShownAccount,
  permissions: readonly string[],
  fields: Readonly<Record<string, string>>,
): Page =>
  permissionsPage(
    'Permissions requested',
    account,
    html`${subject.applicationName} would like to, on behalf of everyone in ${tenantOf(subject)}:`,
    permissions,
    answerForm(fields, [
      { name: 'consent', value: 'cancel', label: 'Cancel' },
      { name: 'consent', value: 'accept', label: 'Accept', isPrimary: true },
    ]),
  );

/** Shown in the place of the consent page to someone who may not consent. */
export const approvalRequiredPage = (
  subject: SignInSubject,
  account: ShownAccount,
  permissions: readonly string[],
  fields: Readonly<Record<string, string>>,
): Page =>
  permissionsPage(
    'Need admin approval',
    account,
    html`${subject.applicationName} needs permissions in ${tenantOf(subject)} that only an administrator can grant:`,
    permissions,
    answerForm(fields, [
      { name: 'consent', value: 'cancel', label: 'Return to the application without granting consent' },
    ]),
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
          : answerForm(returnFields, [
              { name: 'again', value: '1', label: 'Use another account' },
              { name: 'return', value: '1', label: 'Return to the application' },
            ])
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
