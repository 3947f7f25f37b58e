import { createSimulator } from './create-simulator';
import { SystemClock } from './clock/system-clock';
import { PinoLog } from './log/pino-log';
import { readSettings } from './settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  if (!settings.ok) {
    process.stderr.write(`${settings.problem.detail}\n`);
    process.exitCode = 1;
    return;
  }
  const clock = new SystemClock();
  const log = PinoLog.create(clock);
  const simulator = await createSimulator(settings.value, { clock, log });
  simulator.app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await simulator.listen();
  log.info('à l’écoute', { event: 'listening', port: settings.value.port });
}

main().catch((error: unknown) => {
  PinoLog.create(new SystemClock()).error('démarrage impossible', { event: 'start-failed' }, error);
  process.exitCode = 1;
});
