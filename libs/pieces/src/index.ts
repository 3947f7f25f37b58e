export type { ReadableContent } from './content/readable-content';
export type { InspectionLimits } from './inspection-process';
export { InspectionProcess } from './inspection-process';
export type { StoredRanges } from './stored-piece-inspector';
export { StoredPieceInspector } from './stored-piece-inspector';
