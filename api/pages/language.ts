/** The languages of the payer's pages. Source: billplz-api.md 6. */
export const LANGUAGES = ['en', 'ms'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a browser tells of its reader's language; each may be missing. */
export interface LanguageHints {
  /** `?lang=`. */
  readonly asked: string | undefined;
  /** What was asked for on an earlier page. */
  readonly kept: string | undefined;
  readonly acceptLanguage: string | undefined;
}

/** The reader's explicit choice, then the browser's, then that of the merchant's profile. */
export function chooseLanguage(hints: LanguageHints, ofProfile: Language): Language {
  return (
    languageOf(hints.asked) ?? languageOf(hints.kept) ?? accepted(hints.acceptLanguage ?? '') ?? ofProfile
  );
}

/** `ms-MY` is `ms`; what we do not speak is undefined. */
export function languageOf(tag: string | undefined): Language | undefined {
  const [primary] = (tag ?? '').trim().toLowerCase().split('-');
  return LANGUAGES.find((language) => language === primary);
}

function accepted(header: string): Language | undefined {
  const wishes = header.split(',').flatMap((item) => {
    const [tag, ...parameters] = item.split(';');
    const language = languageOf(tag);
    const weight = weightOf(parameters);
    return language && weight > 0 ? [{ language, weight }] : [];
  });
  return wishes.toSorted((a, b) => b.weight - a.weight)[0]?.language;
}

function weightOf(parameters: readonly string[]): number {
  const q = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(parameter)?.[1]).find(Boolean);
  const weight = q === undefined ? 1 : Number(q);
  return Number.isNaN(weight) ? 0 : weight;
}
