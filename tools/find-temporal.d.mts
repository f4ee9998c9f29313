interface Programs {
  readonly server: string;
  readonly sqlTool: string;
}
export type FoundTemporal =
  | ({ readonly kind: 'built' | 'build'; readonly directory: string; readonly ui: string } & Programs)
  | ({ readonly kind: 'server'; readonly ui: string | null; readonly version: string } & Programs)
  | { readonly kind: 'cli'; readonly cli: string; readonly version: string };
export function findTemporal(where: {
  readonly root: string;
  readonly cache: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): FoundTemporal;
