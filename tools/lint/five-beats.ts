import { type CallExpression, calledName, type Context, type Rule, type Visitor } from './rule.ts';

const GUARD = /^require(?:Permission|System|Payer)$/;
const PARSE = /^(?:safeP|p)arse/;
/** Input as it came in: `unknown`, or what a schema takes. */
const RAW = /:\s*(?:unknown|z\.input<)/;
const READ = /^(?:count|find|get|has|is|list|load|look|plan|preview|read|search|show|verify|view)(?![a-z])/;

interface Beat {
  readonly name: string;
  readonly at: number;
}

type ExportedFunction = Extract<
  Parameters<Extract<Visitor['ExportNamedDeclaration'], (node: never) => void>>[0]['declaration'],
  { params: unknown }
>;

interface Verb {
  readonly node: ExportedFunction;
  readonly beats: Beat[];
  /** It hands `ctx` on to somebody other than a guard. */
  delegates: boolean;
}

/**
 * A service verb, an exported function whose first parameter is a `Ctx` or `SystemCtx`, keeps its beats in order:
 * permission, parse, transaction, write, audit.
 *
 * - Whoever opens a transaction, to read or to write, asks for permission first.
 * - A write of a person or a payer parses its input before the transaction; a payer's verb may instead take what
 *   another part of ours has made of it.
 * - It records its audit inside the transaction, itself or by a function of the same file.
 * - What only our own processes may call (`requireSystem`) has typed input and an audit where it tells something.
 * - A verb without a transaction of its own hands `ctx` on to one that has it.
 *
 * Source: design/style.md, sections 3 (habits 2 and 3) and 4a.
 */
export const fiveBeats: Rule = {
  meta: {
    type: 'problem',
    messages: {
      permission:
        '`{{verb}}` opens a transaction before any requirePermission, requirePayer or requireSystem.',
      parse: '`{{verb}}` takes input that it does not parse before its transaction.',
      transaction: '`{{verb}}` changes something outside of a transaction.',
      audit: '`{{verb}}` writes without recordAudit in its transaction.',
    },
  },
  create(context) {
    const verbs: Verb[] = [];
    /** What each function of the file calls, by its name. */
    const calls = new Map<string, string[]>();
    let inside: string[] | null = null;
    let verb: Verb | null = null;

    return {
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (declaration?.type !== 'FunctionDeclaration' || !takesCtx(context, declaration)) return;
        verb = { node: declaration, beats: [], delegates: false };
        verbs.push(verb);
      },
      'ExportNamedDeclaration:exit'() {
        verb = null;
      },
      FunctionDeclaration(node) {
        if (inside || !node.id) return;
        inside = [];
        calls.set(node.id.name, inside);
      },
      'FunctionDeclaration:exit'(node) {
        if (node.id && calls.get(node.id.name) === inside) inside = null;
      },
      CallExpression(call) {
        const name = calledName(call);
        if (name === null) return;
        inside?.push(name);
        if (!verb) return;
        verb.beats.push({ name, at: call.range[0] });
        if (!GUARD.test(name) && handsOn(call, ctxName(verb.node))) verb.delegates = true;
      },
      'Program:exit'() {
        for (const each of verbs) {
          const missing = missingBeat(context, each, auditors(calls));
          const { node } = each;
          if (missing) {
            context.report({
              node: node.id ?? node,
              messageId: missing,
              data: { verb: node.id?.name ?? '' },
            });
          }
        }
      },
    };
  },
};

function missingBeat(
  context: Context,
  { node, beats, delegates }: Verb,
  audits: ReadonlySet<string>,
): string | null {
  const first = (matches: (name: string) => boolean) => beats.find(({ name }) => matches(name))?.at;
  const guardAt = first((name) => GUARD.test(name));
  const parseAt = first((name) => PARSE.test(name));
  const transactionAt = first((name) => name === 'inTransaction');

  if (transactionAt !== undefined && !(guardAt !== undefined && guardAt < transactionAt)) return 'permission';
  const isRead = READ.test(node.id?.name ?? '');
  const guards = new Set(beats.map(({ name }) => name).filter((name) => GUARD.test(name)));
  if (guardAt === undefined || isRead || guards.has('requireSystem')) return null;
  if (transactionAt === undefined) return delegates ? null : 'transaction';

  const given = node.params.slice(1).map((parameter) => context.sourceCode.getText(parameter));
  const isRaw = guards.has('requirePermission') ? given.length > 0 : given.some((text) => RAW.test(text));
  if (isRaw && !(parseAt !== undefined && parseAt < transactionAt)) return 'parse';
  return beats.some(({ name, at }) => at > transactionAt && audits.has(name)) ? null : 'audit';
}

/** `recordAudit` and what reaches it within the file. */
function auditors(calls: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(['recordAudit']);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [name, called] of calls) if (called.some((each) => found.has(each))) found.add(name);
  }
  return found;
}

function takesCtx(context: Context, node: ExportedFunction): boolean {
  const [first] = node.params;
  if (first?.type !== 'Identifier' || !first.typeAnnotation) return false;
  const type = context.sourceCode.getText(first.typeAnnotation);
  return /\b(?:System)?Ctx\b/.test(type);
}

function ctxName(node: ExportedFunction): string | null {
  const [first] = node.params;
  return first?.type === 'Identifier' ? first.name : null;
}

function handsOn(call: CallExpression, ctx: string | null): boolean {
  return call.arguments.some((argument) => argument.type === 'Identifier' && argument.name === ctx);
}
