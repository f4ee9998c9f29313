/*
 * The arrows of the architecture; a new one is an ADR. A rule that is not listed with a bad import in
 * test/repository/arrows.test.ts fails there: a check that cannot fail is nothing.
 * Tests beside their source may import what they need.
 */
const TEST = String.raw`\.(?:test|record)\.tsx?$`;
const TEST_LAND = '^(?:test|bench)/';
const PURE_DOMAIN = '^domain/(?!calendar/)';
const CONTRACT = '^workflows/[^/]+/contract[.]ts$';
const ADAPTERS = '^(?:gateways|rails|documents|outgoing)/';
const PORT = '^(?:gateways|rails|documents|outgoing)/[a-z-]*port[.]ts$';
const PRODUCTION =
  '^(?:domain|workflows|activities|services|db|gateways|rails|documents|outgoing|api|worker|stack|web/src)/';

const npm = (...names) => `(?:^|/)node_modules/(?:@types/)?(?:${names.join('|')})(?:/|$)`;
const ANY_PACKAGE = '(?:^|/)node_modules/';
const SQL = npm('kysely', 'pg');
const BUILT_IN = ['core'];

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const never = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
/** From product code of these folders; tests stand beside it and are free. */
const code = (path, ...but) => ({ path, pathNot: [TEST, ...but] });

module.exports = {
  forbidden: [
    never(
      'domain-is-pure',
      'domain imports nothing but itself: no library, no built-in. It runs in the Temporal sandbox.',
      code('^domain/', '^domain/calendar/'),
      { pathNot: ['^domain/'] },
    ),
    never(
      'calendar-has-one-library',
      'domain/calendar knows domain and temporal-polyfill/implementation, nothing else.',
      code('^domain/calendar/'),
      { pathNot: ['^domain/', String.raw`node_modules/temporal-polyfill/(?:full/)?implementation\.`] },
    ),
    never(
      'calendar-only-for-services',
      'Calendar arithmetic is no part of a workflow: services alone import domain/calendar.',
      code('', '^services/', '^domain/calendar/', TEST_LAND),
      { path: '^domain/calendar/' },
    ),

    never(
      'workflows-are-deterministic',
      'A workflow imports domain less calendar, lib, contracts, its own folder, @temporalio/workflow, types of activities.',
      code('^workflows/([^/]+)/', CONTRACT),
      {
        pathNot: [
          PURE_DOMAIN,
          '^workflows/lib/',
          CONTRACT,
          '^workflows/$1/',
          '^activities/',
          npm('@temporalio/workflow'),
        ],
      },
    ),
    never(
      'workflow-index-is-only-the-bundle',
      'workflows/index.ts names the workflows of the bundle.',
      { path: '^workflows/[^/]+[.]ts$', pathNot: TEST },
      { pathNot: ['^workflows/'] },
    ),
    never(
      'workflows-know-activities-as-types',
      'A workflow calls activities through a proxy: `import type`.',
      code('^workflows/'),
      { path: '^activities/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'contracts-are-plain',
      'A contract is read by every server folder: contracts, domain less calendar and @temporalio/workflow only.',
      code(CONTRACT),
      { pathNot: [PURE_DOMAIN, CONTRACT, npm('@temporalio/workflow')] },
    ),
    never(
      'workflows-are-known-by-contract',
      'Other folders know a process by its contract.ts; its code is in the bundle.',
      code('', '^workflows/', TEST_LAND),
      { path: '^workflows/', pathNot: CONTRACT },
    ),

    never(
      'activities-are-thin',
      'Activities call services with ports: services, domain less calendar, contracts, the activity package.',
      code('^activities/'),
      {
        pathNot: [
          '^activities/',
          '^services/',
          PURE_DOMAIN,
          CONTRACT,
          ADAPTERS,
          npm('@temporalio/activity', '@temporalio/common'),
        ],
        dependencyTypesNot: BUILT_IN,
      },
    ),
    never(
      'services-know-no-transport',
      'Services import db, domain, contracts, ports: no transport, no web framework, no Temporal client.',
      code('^services/'),
      { path: ['^(?:api|activities|web|worker|stack|tools)/', npm('hono', '@hono', '@trpc', '@temporalio')] },
    ),
    never('db-stands-on-domain', 'db imports domain less calendar, kysely and pg.', code('^db/'), {
      pathNot: ['^db/', PURE_DOMAIN, SQL],
      dependencyTypesNot: BUILT_IN,
    }),
    never(
      'sql-only-in-db',
      'Only db imports kysely and pg; stack, test and bench may.',
      code('', '^(?:db|stack)/', TEST_LAND),
      { path: SQL },
    ),

    never(
      'adapters-stand-alone',
      'gateways, rails, documents and outgoing import domain and their own folder.',
      code('^(gateways|rails|documents|outgoing)/'),
      { pathNot: [PURE_DOMAIN, '^$1/', ANY_PACKAGE], dependencyTypesNot: BUILT_IN },
    ),
    never(
      'adapters-know-no-framework',
      'An adapter speaks to its vendor: no web framework, no Temporal.',
      code(ADAPTERS),
      { path: npm('hono', '@hono', '@trpc', '@temporalio') },
    ),
    never(
      'outgoing-has-few-libraries',
      'outgoing calls addresses that users give, and the mail server: undici, ipaddr.js, nodemailer and built-ins.',
      code('^outgoing/'),
      {
        path: ANY_PACKAGE,
        pathNot: npm('undici', 'ipaddr[.]js', 'nodemailer'),
        dependencyTypesNot: BUILT_IN,
      },
    ),
    never(
      'adapters-are-known-by-port',
      'services, activities and api know an adapter by its port.ts; worker builds it.',
      code('^(?:services|activities|api)/'),
      { path: ADAPTERS, pathNot: PORT },
    ),
    never(
      'ports-are-types',
      'A port is a type: `import type`. The adapter behind it is injected.',
      code('^(?:services|activities|api)/'),
      { path: PORT, dependencyTypesNot: ['type-only'] },
    ),

    never(
      'api-is-transport',
      'api imports services, domain less calendar, contracts and ports; never db or activities.',
      code('^api/'),
      {
        pathNot: ['^api/', '^services/', PURE_DOMAIN, CONTRACT, ADAPTERS, ANY_PACKAGE],
        dependencyTypesNot: BUILT_IN,
      },
    ),
    never(
      'api-calls-no-vendor',
      'api calls no gateway and no Temporal: both are behind services and injected ports.',
      code('^api/'),
      { path: npm('stripe', 'undici', '@temporalio') },
    ),

    never(
      'web-stands-on-domain',
      'The portal imports itself, domain values and the router of api/trpc.',
      code('^web/src/'),
      { pathNot: ['^web/src/', PURE_DOMAIN, '^api/trpc/', ANY_PACKAGE] },
    ),
    never(
      'web-knows-the-router-as-type',
      'The router is a type in the browser: `import type`.',
      code('^web/'),
      { path: '^api/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'features-are-for-app',
      'Nothing imports a feature but app.',
      code('', '^web/src/(?:app|features)/', TEST_LAND),
      { path: '^web/src/features/' },
    ),
    never(
      'features-know-no-feature',
      'A feature does not import another one: what both need goes to components or lib.',
      code('^web/src/features/([^/]+)/'),
      { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    ),
    never('web-is-for-the-browser', 'No server folder imports the portal.', code('', '^web/', TEST_LAND), {
      path: '^web/',
    }),

    never(
      'worker-is-the-root',
      'Only stack, test and bench import the composition root.',
      code('', '^(?:worker|stack)/', TEST_LAND),
      { path: '^worker/' },
    ),
    never(
      'stack-is-on-top',
      'Nothing imports the embedded stack but test and bench.',
      code('', '^stack/', TEST_LAND),
      { path: '^stack/' },
    ),
    never('only-tests-import-test', 'Fixtures and fakes stay in tests.', code('', '^test/'), {
      path: '^test/',
    }),
    never('nothing-imports-bench', 'Benchmarks stand apart.', code('', '^bench/'), { path: '^bench/' }),

    never('no-cycle', 'No cycles.', {}, { circular: true }),
    never('no-unresolved', 'Every import is found.', {}, { couldNotResolve: true }),
    never(
      'no-undeclared-package',
      'Every package stands in package.json.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    never(
      'no-development-package-in-production',
      'What the product runs with is a dependency.',
      code(PRODUCTION),
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^web/dist/', '^[.]kekal/', '^coverage/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
};
