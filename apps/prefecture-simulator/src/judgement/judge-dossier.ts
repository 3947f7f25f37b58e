import type { CivilDate } from '@teletransmission/kernel';
import type { ActeJuge } from '../ledger/ledger-entry';
import type { Collectivites } from '../ledger/registre';
import type { Consigne, ConsignesArchive } from '../scenarios/scenario';
import { acteRules } from './acte-rules';
import { firstAnomalie } from './anomalie';
import type { Anomalie } from './anomalie';
import type { Dossier, FormulaireRecu } from './dossier';
import { enveloppeRules } from './enveloppe-rules';

/** Ce dont le jugement dépend hors de l'archive. */
export interface Circonstances {
  readonly consignes: ConsignesArchive;
  readonly classificationDateVersion: CivilDate;
  /** Jour civil de Paris où l'archive a été prise. */
  readonly jourReception: CivilDate;
  readonly dejaAcceptes: Pick<ReadonlySet<string>, 'has'>;
  readonly collectivites: Collectivites;
}

/** Le sort d'une archive : rejetée en bloc, ou jugée acte par acte. */
export interface Jugement {
  readonly anomalieEnveloppe: Anomalie | null;
  readonly actes: readonly ActeJuge[];
}

/** Ce que dit une anomalie imposée par le pilotage, nature par nature. */
const DETAILS_IMPOSES: Readonly<Record<string, string>> = {
  '001': "Règle deja-transmis : l'acte a déjà été transmis, ou son numéro est déjà pris.",
  '002': "ODT-VERIF-01 : la date de classification de l'acte n'est pas à jour.",
  '003': 'Règle matieres : le chemin des matières est incomplet.',
  '004': 'Règle message-valide : des champs obligatoires sont absents.',
  '005': "Règle message-valide : le contenu d'un champ est mauvais.",
  '006': 'Règle documents-presents : un document est introuvable.',
  '007': "Règle formats : le format d'un document n'est pas autorisé.",
};

function imposedAnomalie(consigne: Consigne, natureParDefaut: string): Anomalie {
  const nature = consigne.anomalie?.nature ?? natureParDefaut;
  const detail = consigne.anomalie?.detail ?? DETAILS_IMPOSES[nature];
  return { nature, regle: 'pilotage', detail: detail ?? 'Règle pilotage : anomalie demandée au simulateur.' };
}

/** Juge un dossier ouvert. Les règles priment sur le pilotage : on ne fait pas accepter un acte que la préfecture refuserait. */
export function judgeDossier(dossier: Dossier, circonstances: Circonstances): Jugement {
  const { consignes, collectivites } = circonstances;
  const toutes = [consignes.archive, ...Object.values(consignes.actes)];
  const imposee = toutes.find(({ scenario }) => scenario === 'anomalie-enveloppe');
  const anomalieEnveloppe =
    firstAnomalie(enveloppeRules, { dossier, collectivites }) ?? (imposee && imposedAnomalie(imposee, '100'));
  if (anomalieEnveloppe) {
    // Rejetée en bloc, l'archive entière se tait dès qu'un silence est demandé pour elle.
    const isSilent = toutes.some(({ scenario }) => scenario === 'silence');
    return isSilent ? { anomalieEnveloppe: null, actes: [] } : { anomalieEnveloppe, actes: [] };
  }
  const ici = new Set<string>();
  const dejaAcceptes = { has: (id: string) => ici.has(id) || circonstances.dejaAcceptes.has(id) };
  const actes = dossier.formulaires.map((formulaire) => {
    const juge = judgeActe(dossier, formulaire, { ...circonstances, dejaAcceptes });
    // Deux fois le même acte dans une même archive est aussi une double transmission.
    if (juge.verdict === 'accepte' && juge.identifiantActe !== null) ici.add(juge.identifiantActe);
    return juge;
  });
  return { anomalieEnveloppe: null, actes };
}

function judgeActe(dossier: Dossier, formulaire: FormulaireRecu, circonstances: Circonstances): ActeJuge {
  const { classificationDateVersion, jourReception, dejaAcceptes, consignes } = circonstances;
  const consigne = consignes.actes[formulaire.nom] ?? consignes.archive;
  const trouvee = firstAnomalie(acteRules, {
    dossier,
    formulaire,
    classificationDateVersion,
    jourReception,
    dejaAcceptes,
  });
  const imposee = consigne.scenario === 'anomalie' ? imposedAnomalie(consigne, '999') : undefined;
  const anomalie = trouvee ?? imposee ?? null;
  const acte = {
    formulaire: formulaire.nom,
    identifiantActe: formulaire.identifiantActe ?? null,
    numeroInterne: formulaire.acte?.numeroInterne ?? formulaire.nomLu?.numeroInterne ?? '',
    scenario: consigne.scenario,
    anomalie,
  };
  if (consigne.scenario === 'silence') return { ...acte, verdict: 'silence' };
  return { ...acte, verdict: anomalie ? 'anomalie' : 'accepte' };
}
