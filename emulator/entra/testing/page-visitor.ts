import { formsOf, headingOf } from './page-reader.ts';

/** What a visitor does on a page: press the button whose label begins so, after filling in the text field where given. */
export interface Press {
  readonly button: string;
  readonly typed?: string;
}

/** Someone who opens the sign-in page and presses buttons, with a browser's cookies and without its scripts. */
export interface Visitor {
  /** Opens an address. */
  open(url: string): Promise<string>;
  /** Presses a button of the page shown last; returns the next page. */
  press(press: Press | string): Promise<string>;
  /** The page shown last. */
  page(): string;
  /** Headings of all pages shown so far. */
  headings(): readonly string[];
}

/**
 * @param sendAnswers whether answers for the application are posted on to it, as the page's script does in a browser
 */
export const createVisitor = (sendAnswers = true): Visitor => {
  let cookie = '';
  let shown = '';
  let address = '';
  const headings: string[] = [];

  const take = async (response: Response, url: string): Promise<string> => {
    cookie = response.headers.getSetCookie().map(line => line.split(';')[0] ?? '')[0] ?? cookie;
    address = url;
    shown = await response.text();
    headings.push(headingOf(shown));
    const answer = formsOf(shown).find(form => form.action !== undefined);
    if (sendAnswers && answer?.action !== undefined) {
      await fetch(answer.action, { method: 'POST', body: new URLSearchParams(answer.hidden) });
    }
    return shown;
  };

  return {
    page: () => shown,
    headings: () => headings,
    open: async url => take(await fetch(url, { headers: { cookie }, redirect: 'manual' }), url),
    press: async press => {
      const { button, typed } = typeof press === 'string' ? { button: press } : { ...press };
      for (const form of formsOf(shown)) {
        const pressed = form.buttons.find(({ label }) => label.startsWith(button));
        if (pressed === undefined) continue;
        const fields = new URLSearchParams(form.hidden);
        if (pressed.name !== undefined) fields.set(pressed.name, pressed.value);
        if (form.hasTextField) fields.set('username', typed ?? '');
        const url = address;
        return take(await fetch(url, { method: 'POST', body: fields, headers: { cookie }, redirect: 'manual' }), url);
      }
      throw new Error(`No button "${button}" on: ${shown}`);
    },
  };
};

/** An `openBrowser` for MSAL: opens the page and presses these buttons, one after the other. */
export const pressing =
  (visitor: Visitor, ...presses: readonly (Press | string)[]) =>
  (url: string): Promise<void> => {
    // MSAL waits for openBrowser before it listens for the answer, so the person acts on their own.
    const act = async () => {
      await visitor.open(url);
      for (const press of presses) await visitor.press(press);
    };
    return act();
  };
