import { type CallExpression, calledName, type Context, type Rule, type Visitor } from './rule.ts';

const GUARD = /^require(?:Permission|System|Payer)$/;
const PARSE = /^(?:safeP|p)arse/;
const READ = /^(?:count|find|get|has|is|list|load|look|plan|preview|read|search|show|verify|view)(?![a-z])/;

interface Beat {
  readonly name: string;
  readonly at: number;
}

type ExportedFunction = Extract<
  Parameters<Extract<Visitor['ExportNamedDeclaration'], (node: never) => void>>[0]['declaration'],
  { params: unknown }
>;

/**
 * A service verb, an exported function whose first parameter is a `Ctx` or `SystemCtx`, keeps its beats in order:
 * permission, parse, transaction, write, audit.
 *
 * - Whoever opens a transaction, to read or to write, asks for permission first.
 * - A write of a person or a payer parses its input before the transaction and records its audit inside it.
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
    let verb: { readonly node: ExportedFunction; readonly beats: Beat[]; delegates: boolean } | null = null;

    return {
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (declaration?.type !== 'FunctionDeclaration' || !takesCtx(context, declaration)) return;
        verb = { node: declaration, beats: [], delegates: false };
      },
      CallExpression(call) {
        const name = calledName(call);
        if (!verb || name === null) return;
        verb.beats.push({ name, at: call.range[0] });
        if (!GUARD.test(name) && handsOn(call, ctxName(verb.node))) verb.delegates = true;
      },
      'ExportNamedDeclaration:exit'() {
        if (!verb) return;
        const { node, beats, delegates } = verb;
        verb = null;
        const missing = missingBeat(node, beats, delegates);
        if (missing) {
          context.report({ node: node.id ?? node, messageId: missing, data: { verb: node.id?.name ?? '' } });
        }
      },
    };
  },
};

function missingBeat(node: ExportedFunction, beats: readonly Beat[], delegates: boolean): string | null {
  const first = (matches: (name: string) => boolean) => beats.find(({ name }) => matches(name))?.at;
  const guardAt = first((name) => GUARD.test(name));
  const parseAt = first((name) => PARSE.test(name));
  const transactionAt = first((name) => name === 'inTransaction');
  const auditAt = first((name) => name === 'recordAudit');

  if (transactionAt !== undefined && !(guardAt !== undefined && guardAt < transactionAt)) return 'permission';
  const isRead = READ.test(node.id?.name ?? '');
  const forOurselves = beats.some(({ name }) => name === 'requireSystem');
  if (guardAt === undefined || isRead || forOurselves) return null;
  if (transactionAt === undefined) return delegates ? null : 'transaction';
  if (node.params.length > 1 && !(parseAt !== undefined && parseAt < transactionAt)) return 'parse';
  return auditAt !== undefined && auditAt > transactionAt ? null : 'audit';
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
