import { InvalidSettings, loadSettings, readEnvironment } from '@teletransmission/config';
import type { Log } from '@teletransmission/kernel';
import { createLog } from '@teletransmission/observability';
import { UnservableDatabase } from '@teletransmission/persistence';
import { createAdmin } from './create-admin';
import { openDesk } from './wiring/desk.wiring';

async function main(): Promise<void> {
  const settings = loadSettings(readEnvironment(), [
    'database',
    'queues',
    'stockage',
    'alertes',
    'admin',
    'mandataires',
    'metriques',
    'journal',
  ]);
  const log = createLog('admin', settings.journal.niveau);
  const desk = await openDesk(settings, log);
  try {
    const app = await createAdmin({ ...settings.admin, ...settings.mandataires }, desk.ports);
    await app.listen(settings.admin.port, settings.admin.hote);
    log.info('à l’écoute', { port: settings.admin.port });
    closeOnSignal(async () => {
      // Les demandes en cours d'abord, puis ce qu'elles lisent.
      await app.close();
      await desk.close();
    }, log);
  } catch (error) {
    await desk.close();
    throw error;
  }
}

function closeOnSignal(close: () => Promise<void>, log: Log): void {
  const stop = (): void => {
    close().then(
      () => {
        log.info('arrêté');
      },
      (error: unknown) => {
        log.error('arrêt en désordre', {}, error);
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  if (error instanceof InvalidSettings || error instanceof UnservableDatabase)
    process.stderr.write(`${error.message}\n`);
  else createLog('admin', 'info').error('démarrage impossible', {}, error);
  process.exitCode = 1;
});
