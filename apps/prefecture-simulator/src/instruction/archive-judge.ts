import { addMs } from '@teletransmission/kernel';
import type { CivilDate, Clock } from '@teletransmission/kernel';
import { composeRetours, consigneOfBloc } from '../answers/compose-retours';
import { dateRetour } from '../answers/date-retour';
import type { RetourCompose } from '../answers/pack-envoi';
import type { ArchiveFolder, RetourEcrit } from '../archive/archive-folder';
import { readArchive } from '../archive/read-archive';
import { versionEnCours } from '../classification/version-en-cours';
import { civilDay } from '../clock/civil-day';
import type { Ledger } from '../ledger/ledger';
import type { ArchiveTaken, RetourEmis } from '../ledger/ledger-entry';
import type { ActesSchema } from '../xml/actes-schema';
import { openDossier } from '../dossier/dossier';
import { examineDocuments } from '../dossier/examine-document';
import { judgeDossier } from '../judgement/judge-dossier';
import { LotEnCours } from './lot-en-cours';

/** Ce que la préfecture tient pour acquis quand elle juge. */
export interface Regime {
  readonly delaiMs: number;
  readonly classificationDateVersion: CivilDate;
}

/** Juge les archives d'un lot, lues, décidées, répondues et inscrites au registre. */
export class ArchiveJudge {
  constructor(
    private readonly ledger: Ledger,
    private readonly folder: ArchiveFolder,
    private readonly schema: ActesSchema,
    private readonly clock: Clock,
    private readonly regime: Regime,
  ) {}

  /**
   * Juge un lot dans l'ordre. Les retours sont écrits d'abord, puis une ligne du registre par archive les fait exister avec
   * leur verdict : tué entre les deux, le simulateur rejuge et redonne les mêmes compteurs. Le lot partage ses
   * synchronisations avec le disque, qui sont l'essentiel de son temps.
   * @param onDefect appelé pour une archive dont le jugement échoue par notre faute ; les autres continuent.
   */
  async judge(noms: readonly string[], onDefect: (nom: string, error: unknown) => void): Promise<void> {
    const lot = new LotEnCours(this.ledger.registre);
    const ecrits: RetourEcrit[] = [];
    for (const nom of noms) {
      const prise = this.prise(nom);
      if (!prise) continue;
      try {
        ecrits.push(...(await this.judgeOne(prise, lot)));
      } catch (error) {
        onDefect(nom, error);
      }
    }
    await this.folder.writeRetours(ecrits);
    await Promise.all(lot.entries.map((entry) => this.ledger.append(entry)));
  }

  private prise(nom: string): ArchiveTaken | undefined {
    const archive = this.ledger.registre.archives.get(nom);
    return archive?.jugement ? undefined : archive?.prise;
  }

  private async judgeOne(prise: ArchiveTaken, lot: LotEnCours): Promise<readonly RetourEcrit[]> {
    const { nom, empreinte, recueLe, consignes } = prise;
    const { schema } = this;
    const classificationDateVersion = versionEnCours(this.ledger.registre, this.regime);
    const lue = await readArchive(this.folder.archivePath(empreinte));
    const dossier = lue.ok
      ? openDossier(nom, lue.value, schema, { examens: await examineDocuments(lue.value, schema) })
      : openDossier(nom, new Map(), schema, { defautArchive: lue.problem.detail });
    const jour = civilDay(recueLe);
    const { collectivites } = this.ledger.registre;
    const jugement = judgeDossier(dossier, {
      consignes,
      classificationDateVersion,
      jourReception: jour,
      memoire: lot,
      collectivites,
    });
    const guichet = { jour, classificationDateVersion };
    const composes = await composeRetours(dossier, jugement, consignes, guichet, lot, schema);
    const retours = composes.map((compose) => ({ compose, emis: this.date(compose, prise) }));
    const le = this.clock.now();
    const { emetteur } = dossier;
    lot.add({
      type: 'archive-judged',
      nom,
      le,
      emetteur,
      ...jugement,
      retours: retours.map(({ emis }) => emis),
    });
    return retours.map(({ compose, emis }) => ({ id: emis.id, octets: compose.octets }));
  }

  private date(compose: RetourCompose, prise: ArchiveTaken): RetourEmis {
    const { consignes } = prise;
    const { formulaire } = compose;
    const consigne =
      formulaire === undefined
        ? consigneOfBloc(consignes)
        : (consignes.actes[formulaire] ?? consignes.archive);
    const creeLe = this.clock.now();
    const disponibleLe = addMs(prise.recueLe, consigne.delaiMs ?? this.regime.delaiMs);
    return dateRetour(compose, prise.nom, creeLe, disponibleLe);
  }
}
