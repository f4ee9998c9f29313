export interface Holder {
  readonly pid: number;
  readonly host: string;
}
export function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait?: (holder: Holder) => void,
): Promise<T>;
export function tryLock(
  path: string,
): { release(): void; holder?: never } | { release?: never; holder: Holder };
