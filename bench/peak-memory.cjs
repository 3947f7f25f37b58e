const { readFileSync } = require('node:fs');

/** Le pic de mémoire de ce processus, en octets. Le maxRSS de Node hérite de celui du parent ; VmHWM, lui, part de zéro. */
exports.peakBytes = function peakBytes() {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
};
