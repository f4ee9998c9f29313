import type { Mode } from '#domain/tenant.ts';

/** Where an operator sees this workflow; null where no UI is known. The namespaces are called as the modes are. */
export function workflowUrl(
  temporalUiUrl: string | undefined,
  mode: Mode,
  workflowId: string,
): string | null {
  if (temporalUiUrl === undefined) return null;
  return `${temporalUiUrl}/namespaces/${mode}/workflows/${encodeURIComponent(workflowId)}`;
}
