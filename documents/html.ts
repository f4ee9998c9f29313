/** Markup that is safe to send; only `html` makes it. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: texts are escaped, nothing is printed for null and false. */
type Piece = string | Html | readonly Html[] | null | false;

/** Markup with every inserted text escaped, in content and in quoted attributes. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(parts.map((part, index) => part + print(pieces[index] ?? null)).join(''));
}

function print(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.toString();
  if (typeof piece === 'object') return piece.join('');
  return piece.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
