/** What the user can act upon: shown as its one sentence, without a stack. */
export class Refusal extends Error {}
