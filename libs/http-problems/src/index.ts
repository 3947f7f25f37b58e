export type { HttpCode, ProblemTitle } from './catalogue';
export { HTTP_CODES, PROBLEM_TITLES, problemTypeOf } from './catalogue';
export type { ProblemDetails } from './problem-details';
export { problemDetailsOf, problemOfStatus } from './problem-details';
export { ProblemException, unwrap } from './problem-exception';
export { ProblemFilter } from './problem-filter';
