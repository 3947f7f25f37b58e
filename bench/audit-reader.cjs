// Le service tel que le lisent un auditeur et le bureau, dans ce processus : les lectures sur la base, l'API, l'accueil.
const { loadSettings } = require('../config/index.ts');
const { createLog, SystemClock, TRACE, UuidSource } = require('../libs/observability/src/index.ts');
const { createDataSource, CryptoSecrets, openRepositories } = require('../libs/persistence/src/index.ts');
const {
  assembleComptes,
  assembleConsultation,
  assembleCourrierReadings,
} = require('../libs/teletransmission/src/index.ts');
const { HomeController } = require('../apps/admin/src/home/home.controller.ts');
const { createApi } = require('../apps/api/src/create-api.ts');

/** @param url la base, sous le rôle du service ; @param stockage un dossier vide */
exports.openReader = async function openReader(url, stockage) {
  const dataSource = await createDataSource({ url, poolSize: 4, applicationName: 'banc' }).initialize();
  const asked = dataSource.query.bind(dataSource);
  let longest = null;
  dataSource.query = async (sql, parameters) => {
    const started = performance.now();
    const rows = await asked(sql, parameters);
    const durationMs = performance.now() - started;
    if (longest === null || durationMs > longest.durationMs) longest = { sql, parameters, durationMs };
    return rows;
  };
  const clock = new SystemClock();
  const repositories = openRepositories(dataSource, TRACE);
  const settings = loadSettings({}, ['rythme', 'alertes', 'portes']);
  const { openCompte } = assembleComptes(
    { ...repositories, secrets: new CryptoSecrets() },
    { clock, ids: new UuidSource() },
  );
  const opened = await openCompte.execute({ nom: 'banc', role: 'auditeur', siren: null });
  if (!opened.ok) throw new Error(opened.problem.detail);
  const { jeton } = opened.value;
  const compte = await repositories.comptes.findByJeton(new CryptoSecrets().empreinteOf(jeton));
  const { alertes } = assembleConsultation(repositories, settings.alertes, clock);
  const home = new HomeController(
    assembleCourrierReadings(repositories).courriers,
    alertes,
    repositories.readings,
    clock,
  );
  const api = await createApi({
    settings: {
      ...settings,
      stockage: { dossier: stockage },
      signature: { autorites: null },
      mandataires: { confiance: [] },
      portes: { ...settings.portes, demandesParMinute: { compte: 10_000_000, adresse: 10_000_000 } },
      metriques: { jeton: null },
    },
    dataSource,
    log: createLog('banc', 'silent'),
  });
  return {
    readings: repositories.readings,
    home: () => home.home(compte),
    /** L'ordre le plus long depuis qu'on l'a demandé. */
    takeLongest: () => {
      const taken = longest;
      longest = null;
      return taken;
    },
    get: async (address) => {
      const { statusCode, payload } = await api.inject({
        url: address,
        headers: { authorization: `Bearer ${jeton}` },
      });
      if (statusCode !== 200) throw new Error(`${address} : ${statusCode} ${payload}`);
    },
    close: async () => {
      await api.close();
      await dataSource.destroy().catch(() => undefined);
    },
  };
};
