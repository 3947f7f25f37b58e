import { imposedAnomalie, imposedAnomalieEnveloppe } from '../judgement/anomalie-imposee';
import type { Anomalie } from '../dossier/anomalie';
import type { Dossier, FormulaireRecu } from '../dossier/dossier';
import { FLUX_ATTENDUS } from '../judgement/flux-attendus';
import type { ActeJuge } from '../ledger/ledger-entry';
import type { Consigne } from '../scenarios/scenario';
import type { XmlElement } from '../xml/xml-tree';
import { buildAnomalieActe, buildARActe, buildARAnnulation, buildARReponse } from './answer-messages';
import type { Guichet } from './answer-messages';
import { buildRetourClassification, buildSansChangement } from './classification-messages';
import type { Envoi } from './pack-envoi';

/** Une réponse à composer : un message dans son enveloppe, ou l'anomalie qui rejette toute l'archive. */
export type Reponse =
  | { readonly kind: 'envoi'; readonly envoi: Envoi }
  | { readonly kind: 'anomalie-enveloppe'; readonly anomalie: Anomalie; readonly formulaire: string };

/** Toutes les réponses à un formulaire, dans l'ordre où elles partent ; aucune s'il se tait ou n'attend pas d'accusé. */
export function answersTo(
  juge: ActeJuge,
  dossier: Dossier,
  consigne: Consigne,
  guichet: Guichet,
): readonly Reponse[] {
  const formulaire = dossier.formulaires.find(({ nom }) => nom === juge.formulaire);
  if (!formulaire || juge.verdict === 'silence') return [];
  const reponses = formulaire.flux === '1-1' ? answersToActe : answersToMessage;
  const dites = reponses({ juge, formulaire, dossier, consigne, guichet });
  return juge.scenario === 'double' ? dites.flatMap((reponse) => [reponse, reponse]) : dites;
}

interface Demande {
  readonly juge: ActeJuge;
  readonly formulaire: FormulaireRecu;
  readonly dossier: Dossier;
  readonly consigne: Consigne;
  readonly guichet: Guichet;
}

function asEnvoi(
  { juge, dossier, consigne }: Demande,
  flux: string,
  debutNom: string,
  message: XmlElement,
): Reponse {
  // La classification est celle du département : c'est la préfecture qui l'envoie, non la sous-préfecture (protocole §5.1).
  const arrondissement = flux.startsWith('7') ? '0' : dossier.emetteur.arrondissement;
  const envoi: Envoi = {
    flux,
    identifiantActe: juge.identifiantActe,
    formulaire: juge.formulaire,
    destinataire: { ...dossier.emetteur, arrondissement },
    quadrigramme: dossier.nomLu?.quadrigramme ?? '',
    debutNom,
    documents: [],
    message: () => message,
    alterations: consigne.alterations ?? [],
  };
  return { kind: 'envoi', envoi };
}

/** L'accusé et l'anomalie, dans l'ordre que les altérations demandent ; l'accusé seul sans elles. */
function contradict(accuse: Reponse, anomalie: Reponse, { alterations = [] }: Consigne): readonly Reponse[] {
  if (alterations.includes('accuse-puis-anomalie')) return [accuse, anomalie];
  return alterations.includes('anomalie-puis-accuse') ? [anomalie, accuse] : [accuse];
}

function answersToActe(demande: Demande): readonly Reponse[] {
  const { juge, formulaire, dossier, consigne, guichet } = demande;
  const { departement, siren } = dossier.emetteur;
  // Comme les anomalies réelles, ni date, ni numéro, ni nature dans le nom.
  const asAnomalie = (anomalie: Anomalie): Reponse =>
    asEnvoi(
      demande,
      '1-3',
      `${departement}-${siren}----1-3`,
      buildAnomalieActe(formulaire, anomalie, guichet),
    );
  if (juge.anomalie) return [asAnomalie(juge.anomalie)];
  if (!formulaire.acte || juge.identifiantActe === null) throw new Error('Un acte accepté a un identifiant.');
  const ar = buildARActe(formulaire.acte.racine, juge.identifiantActe, guichet);
  const accuse = asEnvoi(demande, '1-2', `${juge.identifiantActe}-1-2`, ar);
  return contradict(accuse, asAnomalie(imposedAnomalie(consigne, '999')), consigne);
}

function answersToMessage(demande: Demande): readonly Reponse[] {
  const { juge, formulaire, dossier, consigne } = demande;
  const accuse = FLUX_ATTENDUS[formulaire.flux]?.accuse;
  if (!accuse || !formulaire.message) return [];
  const { departement, siren } = dossier.emetteur;
  const flux = accuse === '7-2' && isUnchanged(demande) ? '7-3' : accuse;
  const debut = flux.startsWith('7')
    ? `${departement}-${siren}----${flux}`
    : `${juge.identifiantActe ?? ''}-${flux}`;
  const anomalie = imposedAnomalieEnveloppe(consigne, '999');
  return contradict(
    asEnvoi(demande, flux, debut, accuseMessage(flux, demande)),
    { kind: 'anomalie-enveloppe', anomalie, formulaire: juge.formulaire },
    consigne,
  );
}

function isUnchanged({ formulaire, consigne, guichet }: Demande): boolean {
  const { alterations = [] } = consigne;
  const isHeld = formulaire.message?.dateClassification === guichet.classificationDateVersion;
  return isHeld ? !alterations.includes('7-2-au-lieu-de-7-3') : alterations.includes('7-3-au-lieu-de-7-2');
}

function accuseMessage(flux: string, { juge, guichet }: Demande): XmlElement {
  const { identifiantActe, dateCourrierPref = '' } = juge;
  switch (flux) {
    case '3-5':
      return buildARReponse('ARPieceComplementaire', identifiantActe ?? '', dateCourrierPref, guichet);
    case '4-5':
      return buildARReponse(
        'ARReponseRejetLettreObservations',
        identifiantActe ?? '',
        dateCourrierPref,
        guichet,
      );
    case '6-2':
      return buildARAnnulation(identifiantActe ?? '', guichet);
    case '7-2':
      return buildRetourClassification(guichet.classificationDateVersion);
    default:
      return buildSansChangement(guichet.classificationDateVersion);
  }
}
