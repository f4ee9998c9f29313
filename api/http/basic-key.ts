const BASIC = /^\s*basic\s+([A-Za-z0-9+/_-]+={0,2})\s*$/i;

/**
 * The key that HTTP Basic carries as user name, trimmed; any password, none, or no colon at all. Scheme in any case,
 * base64 of either alphabet with or without padding. Undefined: there is none. Source: billplz-api.md 1, "Auth".
 */
export function basicKey(authorization: string | undefined): string | undefined {
  const [, encoded] = BASIC.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const [user = ''] = text.split(':', 1);
  return user.trim() || undefined;
}

const BEARER = /^\s*bearer\s+([\x21-\x7e]+)\s*$/i;

/** The token of `Authorization: Bearer`; undefined: there is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}
