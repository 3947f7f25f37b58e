import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Anomalie } from '../dossier/anomalie';
import type {
  ActeJuge,
  ArchiveTurnedAway,
  Collectivite,
  ModeCollectivites,
  RetourEmis,
  FluxCourrier,
} from '../ledger/ledger-entry';
import type { ArchiveRecord, Registre } from '../ledger/registre';
import type { Alteration } from '../scenarios/alteration';
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

/** Un courrier de la préfecture, et ce que la collectivité y a répondu. */
export interface CourrierView {
  readonly identifiantActe: string;
  readonly flux: FluxCourrier;
  readonly dateCourrierPref: CivilDate;
  readonly le: Instant;
  readonly texte: string;
  readonly documents: readonly string[];
  readonly surActeAnnule: boolean;
  /** Identifiant du retour qui le porte. */
  readonly retour: string;
  readonly reponses: readonly ReponseView[];
}

/** Une réponse à un courrier : qui, quoi, quand. */
export interface ReponseView {
  readonly flux: string;
  readonly siren: string;
  readonly archive: string;
  readonly recueLe: Instant;
  readonly verdict: ActeJuge['verdict'];
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
  readonly courriers: readonly CourrierView[];
  /** Les actes annulés par un 6-2. */
  readonly annules: readonly string[];
  readonly classificationsEnvoyees: readonly {
    readonly siren: string;
    readonly dateVersion: CivilDate;
    readonly le: Instant;
    readonly retour: string;
  }[];
  readonly horloge: { readonly ecartMs: number };
  /** Les présentations qui n'ont rien fait prendre. */
  readonly refus: readonly Omit<ArchiveTurnedAway, 'type' | 'cle'>[];
  readonly retours: readonly (Omit<RetourEmis, 'contenu' | 'enveloppe' | 'alterations'> & {
    readonly type: string;
    readonly alterations: readonly Alteration[];
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

// Même acte, même date, même famille de flux : deux courriers pareils du même jour partagent leurs réponses.
const keyOfAnswers = (identifiantActe: string, flux: string, dateCourrierPref: string): string =>
  `${identifiantActe} ${flux.slice(0, 1)} ${dateCourrierPref}`;

function gatherAnswers(registre: Registre): ReadonlyMap<string, readonly ReponseView[]> {
  const reponses = new Map<string, ReponseView[]>();
  for (const { prise, jugement } of registre.archives.values()) {
    for (const { identifiantActe, dateCourrierPref, flux = '1-1', verdict } of jugement?.actes ?? []) {
      if (identifiantActe === null || dateCourrierPref === undefined) continue;
      const cle = keyOfAnswers(identifiantActe, flux, dateCourrierPref);
      const siren = jugement?.emetteur?.siren ?? '';
      const reponse = { flux, siren, archive: prise.nom, recueLe: prise.recueLe, verdict };
      reponses.set(cle, [...(reponses.get(cle) ?? []), reponse]);
    }
  }
  return reponses;
}

function viewCourriers(registre: Registre): readonly CourrierView[] {
  const reponses = gatherAnswers(registre);
  return registre.courriers.map(({ retour, ...courrier }) => {
    const { identifiantActe, flux, dateCourrierPref, le, texte, documents, surActeAnnule } = courrier;
    const quoi = { identifiantActe, flux, dateCourrierPref, le, texte, documents, surActeAnnule };
    const cle = keyOfAnswers(identifiantActe, flux, dateCourrierPref);
    return { ...quoi, retour: retour.id, reponses: reponses.get(cle) ?? [] };
  });
}

/** Donne le registre à lire au pilotage. */
export function viewRegistre(registre: Registre, classificationDateVersion: CivilDate): RegistreView {
  return {
    classificationDateVersion,
    defaut: registre.defaut,
    scenarios: [...registre.scenarios].map(([cle, posee]) => ({ cle, ...posee })),
    collectivites: { mode: registre.collectivites.mode, liste: [...registre.collectivites.liste.values()] },
    archives: [...registre.archives.values()].map(viewArchive),
    courriers: viewCourriers(registre),
    annules: [...registre.annules],
    classificationsEnvoyees: registre.classificationsEnvoyees.map(({ siren, dateVersion, le, retour }) => ({
      siren,
      dateVersion,
      le,
      retour: retour.id,
    })),
    horloge: { ecartMs: registre.ecartHorlogeMs },
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
      const { alterations = [] } = reste;
      return { ...quoi, ...quand, releveLe: releveLe ?? null, alterations };
    }),
  };
}
