export { CONCERNS } from './concerns';
export type { Concern } from './concerns';
export { readEnvironment } from './environment';
export { InvalidSettings, loadSettings } from './settings';
export type { Settings } from './settings';
export { frenchFault } from './french-faults';
export { fileKeyOf, readSecretFile } from './secret-files';
