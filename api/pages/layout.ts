import { Html, html } from './html.ts';
import { LANGUAGES, type Language } from './language.ts';
import { STYLESHEET } from './stylesheet.ts';
import { TEXTS } from './texts.ts';

/** One page of the payer's, without its status and headers. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** Who is paid; null where no merchant is known. */
  readonly merchantName: string | null;
  readonly sandbox: boolean;
  /** Path of this page for the links to the other languages; null where a GET would not show the same. */
  readonly path: string | null;
  readonly main: Html;
}

/** The whole document; `nonce` is that of the answer's Content-Security-Policy. No script, one inline stylesheet. */
export function renderDocument(page: Page, nonce: string): string {
  const texts = TEXTS[page.language];
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="data:,">
<title>${page.title}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">${texts.skipToContent}</a>
${page.sandbox && html`<aside class="banner">${texts.sandboxBanner}</aside>`}
<header>
<p class="merchant">${page.merchantName ?? ''}</p>
${page.path !== null && languageLinks(page.path, page.language)}
</header>
<main id="content">
<div class="card">
${page.main}
</div>
</main>
<footer><p>${texts.poweredBy}</p></footer>
</body>
</html>
`.toString();
}

const STYLE = new Html(STYLESHEET);

function languageLinks(path: string, current: Language): Html {
  const links = LANGUAGES.filter((language) => language !== current).map(
    (language) =>
      html`<a href="${path}?lang=${language}" lang="${language}" hreflang="${language}">${TEXTS[language].languageName}</a>`,
  );
  return html`<p class="languages">${links}</p>`;
}
