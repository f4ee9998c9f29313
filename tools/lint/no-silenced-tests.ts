import { type CallExpression, memberName, type Node, type Rule } from './rule.ts';

const TESTS = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const REASON = /\bskipped: \S/i;

/**
 * No `.only`, which hides all other tests, and no `.skip`, `.todo` or `.fails` without the reason beside it:
 * `// Skipped: <reason>` in the line above. `.skipIf` and `.runIf` carry their reason as a condition.
 * Source: design/style.md, section 8.
 */
export const noSilencedTests: Rule = {
  meta: {
    type: 'problem',
    messages: {
      only: '`.only` hides every other test.',
      reason: '`.{{name}}` needs its reason in a comment above: `// Skipped: <reason>`.',
    },
  },
  create(context) {
    return {
      CallExpression(node) {
        const modifier = modifierOf(node);
        if (modifier === 'only') context.report({ node, messageId: 'only' });
        if (modifier !== 'skip' && modifier !== 'todo' && modifier !== 'fails') return;
        const statement = statementOf(node);
        const comments = context.sourceCode.getCommentsBefore(statement);
        if (!comments.some((comment) => REASON.test(comment.value))) {
          context.report({ node, messageId: 'reason', data: { name: modifier } });
        }
      },
    };
  },
};

/** `only` for `test.only(...)`, `test.concurrent.only(...)` and `test.only.each(...)`. */
function modifierOf(call: CallExpression): string | null {
  let { callee } = call;
  const names: string[] = [];
  while (callee.type === 'MemberExpression') {
    const name = memberName(callee);
    if (name !== null) names.push(name);
    callee = callee.object;
  }
  if (callee.type !== 'Identifier' || !TESTS.has(callee.name)) return null;
  return names.find((name) => ['only', 'skip', 'todo', 'fails'].includes(name)) ?? null;
}

function statementOf(node: Node): Node {
  let statement = node;
  while (statement.type !== 'ExpressionStatement' && statement.parent) statement = statement.parent;
  return statement;
}
