import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { en, type Strings } from './en.ts';
import { ms } from './ms.ts';

export type Language = 'en' | 'ms';

const STRINGS: Readonly<Record<Language, Strings>> = { en, ms };
const KEY = 'kekal-language';

interface Chosen {
  readonly language: Language;
  readonly strings: Strings;
  choose(language: Language): void;
}

const LanguageContext = createContext<Chosen | null>(null);

/** The language that was chosen in this browser, else the browser's own where we speak it. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const chosen = useMemo<Chosen>(
    () => ({
      language,
      strings: STRINGS[language],
      choose(next) {
        keep(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <LanguageContext value={chosen}>{children}</LanguageContext>;
}

export function useLanguage(): Chosen {
  const chosen = use(LanguageContext);
  if (!chosen) throw new Error('no LanguageProvider above');
  return chosen;
}

export function useStrings(): Strings {
  return useLanguage().strings;
}

function firstLanguage(): Language {
  const kept = readKept();
  if (kept === 'en' || kept === 'ms') return kept;
  return navigator.language.startsWith('ms') ? 'ms' : 'en';
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is closed to us
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The choice holds for this page.
  }
}
