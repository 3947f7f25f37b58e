export * from './assert-never';
export * from './brand';
export * from './civil-date';
export * from './clock';
export * from './id-source';
export * from './instant';
export * from './result';
export * from './log';
