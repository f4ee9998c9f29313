import { calledName, type Class, memberName, type Rule } from './rule.ts';

const LOCAL_TIME =
  /^(?:[gs]et(?:Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Year)|getTimezoneOffset)$/;
const LOCALE = /^toLocale/;
const WORKFLOW_PACKAGE = '@temporalio/workflow';
const THE_ONE_WAIT = /(?:^|[\\/])sleep-until\.ts$/;

/**
 * What would make a replay differ from the first run and the linter's own rules cannot see: local time, locale
 * formatting, `bigint`, waits outside of `sleep-until.ts`, races, errors that retry the workflow task for ever.
 * Source: design/temporal.md, section 5.
 */
export const workflowDeterminism: Rule = {
  meta: {
    type: 'problem',
    messages: {
      localTime: '`{{name}}` follows the local zone of the process: take calendar facts from an activity.',
      locale: '`{{name}}` follows the locale data of the process: format at the edge.',
      bigint: '`bigint` does not pass a payload: use a branded safe integer.',
      dateCall: '`Date()` as a function reads the real clock: use `Date.now()`.',
      dateParts: '`new Date` of parts or text follows the local zone: work with epoch milliseconds.',
      dateSubclass: 'A subclass of `Date` is broken in the sandbox.',
      sleep: 'Wait with `sleepUntil`, which alone may sleep: every due instant is data.',
      timedCondition: 'A `condition` with a time is a sleep: use `sleepUntil`.',
      race: '`Promise.{{name}}` leaves the loser running: wait once, with a wake-up condition.',
      failure: 'Only an `ApplicationFailure` fails a workflow; anything else retries its task for ever.',
    },
  },
  create(context) {
    const isTheOneWait = THE_ONE_WAIT.test(context.filename);
    /** Local name of what is imported from the workflow package, by its own name. */
    const imported = new Map<string, string>();

    const refuseDateSubclass = (node: Class) => {
      if (node.superClass?.type === 'Identifier' && node.superClass.name === 'Date') {
        context.report({ node, messageId: 'dateSubclass' });
      }
    };

    return {
      ImportDeclaration(node) {
        if (node.source.value !== WORKFLOW_PACKAGE) return;
        for (const specifier of node.specifiers) {
          if (specifier.type !== 'ImportSpecifier') continue;
          const name =
            specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
          imported.set(specifier.local.name, name);
          if (name === 'sleep' && !isTheOneWait) context.report({ node: specifier, messageId: 'sleep' });
        }
      },
      CallExpression(node) {
        const name = calledName(node);
        if (name === null) return;
        const { callee } = node;
        const origin = callee.type === 'Identifier' ? imported.get(name) : name;
        if (origin === 'condition' && node.arguments.length > 1 && !isTheOneWait) {
          context.report({ node, messageId: 'timedCondition' });
        }
        if (callee.type === 'Identifier') {
          if (name === 'Date') context.report({ node, messageId: 'dateCall' });
          if (name === 'BigInt') context.report({ node, messageId: 'bigint' });
          return;
        }
        if (LOCAL_TIME.test(name)) context.report({ node, messageId: 'localTime', data: { name } });
        if (LOCALE.test(name)) context.report({ node, messageId: 'locale', data: { name } });
        if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return;
        const owner = callee.object.name;
        if (owner === 'Promise' && (name === 'race' || name === 'any')) {
          context.report({ node, messageId: 'race', data: { name } });
        }
        if (name === 'sleep' && !isTheOneWait) context.report({ node, messageId: 'sleep' });
      },
      NewExpression(node) {
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return;
        const [first] = node.arguments;
        const isText =
          (first?.type === 'Literal' && typeof first.value === 'string') || first?.type === 'TemplateLiteral';
        if (node.arguments.length > 1 || isText) context.report({ node, messageId: 'dateParts' });
      },
      ClassDeclaration: refuseDateSubclass,
      ClassExpression: refuseDateSubclass,
      Literal(node) {
        if (typeof node.value === 'bigint') context.report({ node, messageId: 'bigint' });
      },
      ThrowStatement(node) {
        const { argument } = node;
        if (argument.type !== 'NewExpression') return;
        const { callee } = argument;
        const name =
          callee.type === 'Identifier'
            ? callee.name
            : callee.type === 'MemberExpression'
              ? memberName(callee)
              : null;
        if (name !== 'ApplicationFailure') context.report({ node, messageId: 'failure' });
      },
    };
  },
};
