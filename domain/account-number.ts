/** A bank account number as it is kept: spaces and hyphens removed, leading zeros kept. Source: billplz-api.md 2.8. */
export function plainAccountNumber(sent: string): string {
  return sent.replace(/[\s-]/g, '');
}

/** 5 to 20 digits. */
export function isAccountNumber(plain: string): boolean {
  return /^\d{5,20}$/.test(plain);
}
