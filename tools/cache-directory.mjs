import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where Kekal keeps what is fetched or built once for a user. A relative XDG_CACHE_HOME is ignored, as XDG asks. */
export function cacheDirectory({ XDG_CACHE_HOME: xdg, HOME: home }) {
  return join(xdg && isAbsolute(xdg) ? xdg : join(home || homedir(), '.cache'), 'kekal');
}
