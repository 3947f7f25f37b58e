import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, Log } from '@teletransmission/kernel';
import { AppModule } from './app.module';
import { ArchiveFolder } from './archive/archive-folder';
import { ARCHIVE_MAX_OCTETS } from './archive/read-archive';
import { ScriptedClock } from './clock/scripted-clock';
import { SystemClock } from './clock/system-clock';
import { LetterDesk } from './courriers/letter-desk';
import { logRequests } from './http/log-requests';
import { useStrictJson } from './http/strict-json';
import { ArchiveJudge } from './instruction/archive-judge';
import { JudgementLane } from './instruction/judgement-lane';
import { KeyedTurns } from './ledger/keyed-turns';
import { Ledger } from './ledger/ledger';
import { silentLog } from './log/silent-log';
import { consignesDecider } from './reception/decide-consignes';
import { Reception } from './reception/reception';
import type { SimulatorSettings } from './settings';
import { ActesSchema } from './xml/actes-schema';

/** Ce qu'un essai peut remplacer : l'heure, et où vont les lignes de journal. */
export interface SimulatorOptions {
  readonly clock?: Clock;
  readonly log?: Log;
}

/** Un simulateur prêt à écouter. */
export interface Simulator {
  readonly app: NestFastifyApplication;
  /** Écoute à l'adresse réglée (port 0 : un port libre) et rend l'adresse de base, sans barre finale. */
  listen(): Promise<string>;
  /** Aboutit quand toutes les archives prises sont jugées. */
  judged(): Promise<void>;
  /** Termine les requêtes et le jugement en cours, puis ferme le registre. */
  close(): Promise<void>;
}

/**
 * Ouvre le registre, charge le schéma et monte l'application, sans écouter encore.
 * @throws si le dossier n'est pas accessible ou si le registre est illisible ailleurs qu'à sa dernière ligne.
 */
export async function createSimulator(
  settings: SimulatorSettings,
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const { log = silentLog } = options;
  const { dossier, graine } = settings;
  const schema = await ActesSchema.load();
  const ledger = await Ledger.open(dossier);
  const clock = new ScriptedClock(options.clock ?? new SystemClock(), ledger.registre);
  const folder = await ArchiveFolder.open(dossier);
  await folder.pruneRetours((id) => ledger.registre.retours.has(id));
  const turns = new KeyedTurns();
  const judge = new ArchiveJudge(ledger, folder, schema, clock, settings);
  const lane = new JudgementLane(ledger, judge, log, turns);
  const desk = new LetterDesk(ledger, folder, schema, clock, turns);
  const reception = new Reception(folder, ledger, clock, lane, consignesDecider(ledger, schema, graine));

  const adapter = new FastifyAdapter({ routerOptions: { maxParamLength: 300 } });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ settings, clock, log, ledger, folder, lane, desk, reception }),
    adapter,
    // Nest déclare ses options comme une classe, et attend un simple objet.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    { logger: false, abortOnError: false },
  );
  useStrictJson(app);
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: ARCHIVE_MAX_OCTETS, files: 2, fields: 20 },
  });
  logRequests(adapter.getInstance(), log);
  await app.init();
  lane.resume();
  return {
    app,
    listen: async () => {
      await app.listen(settings.port, settings.hote);
      return (await app.getUrl()).replace(/\/$/, '');
    },
    judged: () => lane.idle(),
    close: () => app.close(),
  };
}
