import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readBillSearch } from '../features/bills/bill-search.ts';
import type { ApiClient } from '../lib/api.ts';
import { meOptions } from '../lib/me.tsx';
import { NotFoundScreen, ProblemScreen } from './screens.tsx';
import { Shell } from './shell.tsx';

export interface RouterContext {
  readonly queries: QueryClient;
  readonly client: ApiClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

/** Where to go after signing in: an address of ours, never another site's. */
export interface ComeFrom {
  readonly from?: string;
}

function readComeFrom({ from }: Record<string, unknown>): ComeFrom {
  return typeof from === 'string' && /^\/(?![/\\])/.test(from) ? { from } : {};
}

/** Ends `beforeLoad`: a redirection is thrown, though it is no error. */
function goTo(redirection: unknown): never {
  throw redirection;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readComeFrom,
  component: lazyRouteComponent(() => import('./routes/sign-in.tsx'), 'SignInRoute'),
});

/** Everything below needs somebody who is signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Outlet,
  beforeLoad: async ({ context: { queries, client }, location }) => {
    const me = await queries.ensureQueryData(meOptions(client));
    if (me === null) goTo(redirect({ to: '/sign-in', search: { from: location.href } }));
    return { me };
  },
});

const chooseProfile = createRoute({
  getParentRoute: () => signedIn,
  path: '/choose-profile',
  validateSearch: readComeFrom,
  component: lazyRouteComponent(() => import('./routes/choose-profile.tsx'), 'ChooseProfileRoute'),
});

/** Everything below works in one profile. */
const inProfile = createRoute({
  getParentRoute: () => signedIn,
  id: 'in-profile',
  component: Shell,
  beforeLoad: ({ context: { me }, location }) => {
    const { profile } = me;
    if (profile === null) goTo(redirect({ to: '/choose-profile', search: { from: location.href } }));
    return { me: { ...me, profile } };
  },
});

const home = createRoute({
  getParentRoute: () => inProfile,
  path: '/',
  beforeLoad: () => goTo(redirect({ to: '/bills', replace: true })),
});

const bills = createRoute({
  getParentRoute: () => inProfile,
  path: '/bills',
  validateSearch: readBillSearch,
  component: lazyRouteComponent(() => import('./routes/bills.tsx'), 'BillsRoute'),
});

const bill = createRoute({
  getParentRoute: () => inProfile,
  path: '/bills/$billId',
  component: lazyRouteComponent(() => import('./routes/bill.tsx'), 'BillRoute'),
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([chooseProfile, inProfile.addChildren([home, bills, bill])]),
]);

export function createPortalRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    basepath: '/portal',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: ProblemScreen,
    defaultNotFoundComponent: NotFoundScreen,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
