import { fiveBeats } from './five-beats.ts';
import { noSilencedTests } from './no-silenced-tests.ts';
import { noSleepInTests } from './no-sleep-in-tests.ts';
import { workflowDeterminism } from './workflow-determinism.ts';

/** Our own rules, loaded by `.oxlintrc.json`. */
export default {
  meta: { name: 'kekal' },
  rules: {
    'five-beats': fiveBeats,
    'no-silenced-tests': noSilencedTests,
    'no-sleep-in-tests': noSleepInTests,
    'workflow-determinism': workflowDeterminism,
  },
};
