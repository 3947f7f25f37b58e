export type { HttpCode, ProblemTitle } from './catalogue';
export { HTTP_CODES, PROBLEM_TITLES, problemTypeOf } from './catalogue';
export { PROBLEM_MAX_BYTES, problemBody } from './problem-body';
export type { ProblemDetails } from './problem-details';
export { problemDetailsOf, problemOfStatus } from './problem-details';
export { ProblemException, unwrap } from './problem-exception';
export { ProblemFilter } from './problem-filter';
export { refuseBrokenRequest } from './refuse-broken-request';
export { sendProblem } from './send-problem';
