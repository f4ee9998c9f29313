declare global {
  // Where react-style-singleton, which locks scrolling under dialogues, looks for it.
  var __webpack_nonce__: string | undefined;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
globalThis.__webpack_nonce__ = nonce;

/** Lets the component library's own `<style>` pass the content security policy of this page. */
export function styleNonce(): string {
  return nonce;
}
