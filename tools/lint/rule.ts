import type { RuleTester } from 'oxlint/plugins-dev';

/** A rule as the linter takes it; its visitors are typed by the syntax tree. */
export type Rule = Parameters<RuleTester['run']>[1];

type Create = Extract<Rule, { create: unknown }>['create'];
export type Context = Parameters<NonNullable<Create>>[0];
export type Visitor = ReturnType<NonNullable<Create>>;

type VisitorArgument<K extends keyof Visitor> = Parameters<Extract<Visitor[K], (node: never) => void>>[0];
export type CallExpression = VisitorArgument<'CallExpression'>;
export type Class = VisitorArgument<'ClassDeclaration'>;
/** Any node of the tree. */
export type Node =
  | CallExpression['callee']
  | VisitorArgument<'Program'>
  | NonNullable<CallExpression['parent']>;

/** `foo` for `foo()`, `a.foo()` and `a?.foo()`; otherwise null. */
export function calledName(call: CallExpression): string | null {
  const { callee } = call;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee) : null;
}

/** `b` for `a.b` and `a['b']`; otherwise null. */
export function memberName(
  node: Extract<CallExpression['callee'], { type: 'MemberExpression' }>,
): string | null {
  const { property } = node;
  if (!node.computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}
