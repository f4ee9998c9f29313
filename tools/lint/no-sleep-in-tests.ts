import { type CallExpression, calledName, type Context, type Node, type Rule } from './rule.ts';

const TIMER_PROMISES = new Set(['timers/promises', 'node:timers/promises']);

/**
 * A test waits for a condition, never for a time. A pause between two looks, inside a loop, is allowed.
 * Source: design/style.md, section 8, "No sleeps".
 */
export const noSleepInTests: Rule = {
  meta: {
    type: 'problem',
    messages: { sleep: 'A sleep: wait for a condition, pass `now`, or skip time.' },
  },
  create(context) {
    const delays = new Set<string>();
    return {
      ImportDeclaration(node) {
        if (!TIMER_PROMISES.has(node.source.value)) return;
        for (const specifier of node.specifiers) {
          if (specifier.type !== 'ImportSpecifier') continue;
          const { imported } = specifier;
          if (imported.type === 'Identifier' && imported.name === 'setTimeout')
            delays.add(specifier.local.name);
        }
      },
      CallExpression(node) {
        const name = calledName(node);
        if (name === null || isInLoop(node)) return;
        const isDelay = node.callee.type === 'Identifier' && delays.has(name);
        if (isDelay || (name === 'setTimeout' && resolvesPromise(context, node))) {
          context.report({ node, messageId: 'sleep' });
        }
      },
    };
  },
};

function isInLoop(node: Node): boolean {
  return ancestors(node).some((each) => /^(?:For|ForIn|ForOf|While|DoWhile)Statement$/.test(each.type));
}

/** The timer resolves the promise around it. One that rejects is a deadline, and fine. */
function resolvesPromise(context: Context, timer: CallExpression): boolean {
  const [callback] = timer.arguments;
  const executor = ancestors(timer).find(
    (each) =>
      (each.type === 'ArrowFunctionExpression' || each.type === 'FunctionExpression') &&
      each.parent?.type === 'NewExpression' &&
      each.parent.callee.type === 'Identifier' &&
      each.parent.callee.name === 'Promise',
  );
  if (!callback || !executor || !('params' in executor)) return false;
  const [resolve] = executor.params;
  return resolve?.type === 'Identifier' && mentions(context.sourceCode.getText(callback), resolve.name);
}

function mentions(source: string, name: string): boolean {
  return source.split(/[^\w$]+/).includes(name);
}

function ancestors(node: Node): Node[] {
  const found: Node[] = [];
  for (let each: Node | null = node.parent ?? null; each; each = each.parent ?? null) found.push(each);
  return found;
}
