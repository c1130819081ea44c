/** A form of one of the emulator's pages, as a browser would see it. */
export interface Form {
  readonly action: string | undefined;
  readonly hidden: Readonly<Record<string, string>>;
  readonly buttons: readonly { readonly label: string; readonly name: string | undefined; readonly value: string }[];
  readonly hasTextField: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);

const toText = (markup: string): string =>
  decode(markup.replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim();

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decode(value);
};

/** Text of the page's heading. */
export const headingOf = (page: string): string => toText(/<h1>(.*?)<\/h1\s*>/s.exec(page)?.[1] ?? '');

/** The whole page as text. */
export const textOf = (page: string): string => toText(page.slice(page.indexOf('<main>'), page.indexOf('</main>')));

export const formsOf = (page: string): Form[] =>
  [...page.matchAll(/(<form[^>]*>)(.*?)<\/form\s*>/gs)].map(([, open = '', inside = '']) => ({
    action: attribute(open, 'action'),
    hidden: Object.fromEntries(
      [...inside.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
        attribute(tag, 'name') ?? '',
        attribute(tag, 'value') ?? '',
      ]),
    ),
    buttons: [...inside.matchAll(/(<button[^>]*>)(.*?)<\/button\s*>/gs)].map(([, tag = '', label = '']) => ({
      label: toText(label),
      name: attribute(tag, 'name'),
      value: attribute(tag, 'value') ?? '',
    })),
    hasTextField: inside.includes('type="text"'),
  }));
