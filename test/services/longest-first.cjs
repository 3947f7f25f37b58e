const { default: Sequencer } = require('@jest/test-sequencer');

/** Une suite de plusieurs minutes prise en dernier laisse un cœur sans travail : celles-ci partent d'abord, la plus longue en tête. */
const LONGEST = [
  'openapi/hostile-walk.integration.spec.ts',
  'console/src/deliberations/deliberations.integration.spec.ts',
  'points-de-mort/chaque-ordre-sql.integration.spec.ts',
  'faults/hammer.journey.ts',
  'readme/readme.journey.ts',
  'console/src/actes/actes.integration.spec.ts',
  'apps/local/src/main.integration.spec.ts',
];

/** L'ordre des suites : les plus longues, puis celui de Jest, qui ne sait la durée que de ce qu'il a déjà joué sur cette machine. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = LONGEST.findIndex((name) => path.endsWith(name));
      return rank === -1 ? LONGEST.length : rank;
    };
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
};
