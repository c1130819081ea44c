const page = (title: string, text: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title} – Backstop</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; font: 16px/1.5 "Segoe UI", system-ui, sans-serif; }
  main { max-width: 30rem; padding: 2rem; }
  h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .5rem; }
  p { margin: 0; }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>`;

/** Shown by the browser once the answer has reached the console, which still checks it: so it doesn't say "signed in". */
export const SUCCESS_PAGE = page(
  'Back to Backstop',
  'Your sign-in has reached Backstop. You can close this tab and go on in its window.',
);

/** Shown where the sign-in ended without one; the console has the reason, which may name people and is kept off this page. */
export const ERROR_PAGE = page(
  'Not signed in',
  'The sign-in did not complete. Close this tab; Backstop’s window says why and what to do next.',
);
