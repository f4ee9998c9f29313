import { getCookie, setCookie } from 'hono/cookie';
import type { AppContext } from '../http/app-env.ts';
import { chooseLanguage, type Language, languageOf } from './language.ts';

const COOKIE = 'kekal_lang';
const COOKIE_LIFE_S = 30 * 24 * 3_600;

/**
 * The language of this answer. A choice by `?lang=` is kept in a cookie, so that it survives the way to the bank and
 * back; it says nothing about who reads.
 */
export function languageFor(c: AppContext, ofProfile: Language): Language {
  const asked = c.req.query('lang');
  const chosen = languageOf(asked);
  if (chosen) {
    const secure = c.var.origin.isHttps;
    setCookie(c, COOKIE, chosen, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure,
      maxAge: COOKIE_LIFE_S,
    });
  }
  const kept = getCookie(c, COOKIE);
  return chooseLanguage({ asked, kept, acceptLanguage: c.req.header('accept-language') }, ofProfile);
}
