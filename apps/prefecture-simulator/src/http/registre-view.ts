import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Anomalie } from '../judgement/anomalie';
import type {
  ActeJuge,
  ArchiveTurnedAway,
  Collectivite,
  ModeCollectivites,
  RetourEmis,
} from '../ledger/ledger-entry';
import type { ArchiveRecord, Registre } from '../ledger/registre';
import type { Consigne, Defaut, Scenario } from '../scenarios/scenario';

/** Une archive prise, vue du pilotage. */
export interface ArchiveView {
  readonly nom: string;
  readonly empreinte: string;
  readonly tailleOctets: number;
  readonly recueLe: Instant;
  readonly scenario: Scenario;
  readonly presentations: number;
  /** Les réponses HTTP données, dans l'ordre ; 0 pour une connexion coupée. */
  readonly reponses: readonly number[];
  readonly etat: 'prise' | 'jugee';
  readonly anomalieEnveloppe: Anomalie | null;
  readonly actes: readonly ActeJuge[];
  /** Identifiants des retours qu'elle a valus. */
  readonly retours: readonly string[];
}

/** Tout ce que le simulateur sait, en un seul document. */
export interface RegistreView {
  readonly classificationDateVersion: CivilDate;
  readonly defaut: Defaut;
  readonly scenarios: readonly {
    readonly cle: string;
    readonly consigne: Consigne;
    readonly pannes: number;
  }[];
  readonly collectivites: { readonly mode: ModeCollectivites; readonly liste: readonly Collectivite[] };
  readonly archives: readonly ArchiveView[];
  /** Les présentations qui n'ont rien fait prendre. */
  readonly refus: readonly Omit<ArchiveTurnedAway, 'type' | 'cle'>[];
  readonly retours: readonly (Omit<RetourEmis, 'contenu' | 'enveloppe'> & {
    readonly type: string;
    readonly releve: boolean;
    readonly releveLe: Instant | null;
  })[];
}

function viewArchive({ prise, reponses, jugement }: ArchiveRecord): ArchiveView {
  const { nom, empreinte, tailleOctets, recueLe, consignes } = prise;
  return {
    nom,
    empreinte,
    tailleOctets,
    recueLe,
    scenario: consignes.transport.scenario,
    presentations: reponses.length,
    reponses,
    etat: jugement ? 'jugee' : 'prise',
    anomalieEnveloppe: jugement?.anomalieEnveloppe ?? null,
    actes: jugement?.actes ?? [],
    retours: jugement?.retours.map(({ id }) => id) ?? [],
  };
}

/** Donne le registre à lire au pilotage. */
export function viewRegistre(registre: Registre, classificationDateVersion: CivilDate): RegistreView {
  return {
    classificationDateVersion,
    defaut: registre.defaut,
    scenarios: [...registre.scenarios].map(([cle, posee]) => ({ cle, ...posee })),
    collectivites: { mode: registre.collectivites.mode, liste: [...registre.collectivites.liste.values()] },
    archives: [...registre.archives.values()].map(viewArchive),
    refus: registre.refus.map(({ nom, empreinte, le, reponse, motif }) => ({
      nom,
      empreinte,
      le,
      reponse,
      motif,
    })),
    retours: [...registre.retours.values()].map(({ retour, releveLe }) => {
      const { contenu, id, nom, tailleOctets, empreinte, archive, flux, identifiantActe, ...reste } = retour;
      const { creeLe, disponibleLe, compteurMessage } = reste;
      const quoi = { id, nom, type: contenu, tailleOctets, empreinte, archive, flux, identifiantActe };
      const quand = { creeLe, disponibleLe, compteurMessage, releve: releveLe !== undefined };
      return { ...quoi, ...quand, releveLe: releveLe ?? null };
    }),
  };
}
