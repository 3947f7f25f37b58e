const { servicesKey } = require('./services-key.cjs');

module.exports = async () => {
  await globalThis[servicesKey]?.stop();
};
