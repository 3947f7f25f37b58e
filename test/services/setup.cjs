// Jest ne sait lire du TypeScript ici que pendant l'appel : d'où l'import différé.
const { servicesKey } = require('./services-key.cjs');

module.exports = async () => {
  const { startTestServices } = require('./start-services.ts');
  globalThis[servicesKey] = await startTestServices();
};
