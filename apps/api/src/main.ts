import 'reflect-metadata';
import { InvalidSettings, loadSettings, readEnvironment } from '@teletransmission/config';
import { createLog, TRACE } from '@teletransmission/observability';
import { openToServe } from '@teletransmission/persistence';
import { createApi } from './create-api';

async function main(): Promise<void> {
  const settings = loadSettings(readEnvironment(), [
    'api',
    'database',
    'stockage',
    'signature',
    'rythme',
    'alertes',
    'mandataires',
    'portes',
    'metriques',
    'journal',
  ]);
  const log = createLog('api', settings.journal.niveau, TRACE);
  const dataSource = await openToServe({ ...settings.database, applicationName: 'api' }, log);
  const app = await createApi({ settings, dataSource, log });
  await app.listen(settings.api.port, settings.api.hote);
  log.info('api à l’écoute', { port: settings.api.port });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof InvalidSettings || error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
