export type { Dependency, HealthReport } from './health';
export { checkHealth } from './health';
export { observeRequests } from './observe-requests';
export { DEPENDENCIES, HealthController, OPEN_TO_ALL } from './health.controller';
export { NestLog } from './nest-log';
export type { LogLevel } from './pino-log';
export { createLog } from './pino-log';
export { SystemClock, UuidSource } from './system-clock';
export { TRACE, traceOfParent, withTrace } from './trace';
