import type {
  CourrierPref,
  FichierSigne,
  PieceDepot,
  DepotActeInput,
  DepotMessage,
  MessageMetier,
} from '@teletransmission/actes';
import { buildDepotActe, buildDepotMessage, checkMatiere } from '@teletransmission/actes';
import type { CivilDate, Result } from '@teletransmission/kernel';
import { civilDate, ok } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import type { Collectivite } from '../collectivite/collectivite';
import type { Correspondance } from '../correspondance/correspondance';
import type { Deliberation, Piece } from '../deliberation/deliberation';
import type { FluxTransmis, Transmission } from './transmission';
import type { Enveloppe } from './enveloppe';

/** Ce qui signe les archives de cet opérateur : son code et celui du canal (`EACT` en production, `TACT` en essai). */
export interface Operateur {
  readonly trigramme: string;
  readonly quadrigramme: string;
  readonly adresseRetour: string;
}

/** Tout ce dont un envoi se compose. */
export interface EnvoiParts {
  readonly transmission: Transmission;
  readonly enveloppe: Enveloppe;
  readonly operateur: Operateur;
  readonly collectivite: Collectivite;
  readonly deliberation: Deliberation | null;
  readonly classification: Classification | null;
  /** La lettre à laquelle on répond, et ce qu'on y joint. */
  readonly reponse: { readonly correspondance: Correspondance; readonly pieces: readonly Piece[] } | null;
  /** Le texte de la signature de chaque pièce qui en a une, par rang. */
  readonly signatures: ReadonlyMap<number, string>;
}

/** Un envoi composé, les pièces à y joindre dans l'ordre de leurs noms, et la nomenclature qu'il porte s'il porte un acte. */
export interface ComposedEnvoi {
  readonly depot: DepotMessage;
  readonly pieces: readonly Piece[];
  readonly classificationEnvoyee: CivilDate | null;
}

/** Une date d'avant toute nomenclature : la préfecture répond alors par la sienne, entière. */
const BEFORE_ANY_CLASSIFICATION = civilDate('2001-01-01');

type CommonInput = Omit<DepotActeInput, 'acte' | 'document' | 'annexes'>;

/**
 * Compose le message et l'enveloppe d'une transmission, selon son flux.
 * @returns le refus de la bibliothèque, ou `matiere/not-in-classification` quand la préfecture n'a pas cette matière.
 */
export function composeEnvoi(parts: EnvoiParts): Result<ComposedEnvoi> {
  const common = commonInput(parts);
  switch (parts.transmission.flux) {
    case '1-1':
      return composeActe(parts, common);
    case '6-1':
      return composeAnnulation(parts, common);
    case '7-1':
      return composeDemande(parts, common);
    default:
      return composeReponse(parts, common, parts.transmission.flux);
  }
}

function commonInput({ operateur, collectivite, enveloppe }: EnvoiParts): CommonInput {
  const { siren, departement, arrondissement, natureCollectivite, referent } = collectivite;
  const adressesRetour = [...new Set([operateur.adresseRetour, ...collectivite.adressesRetour])];
  return {
    trigramme: operateur.trigramme,
    quadrigramme: operateur.quadrigramme,
    jour: enveloppe.jour,
    numeroEnveloppe: enveloppe.numero,
    collectivite: { siren, departement, arrondissement, natureCollectivite, referent, adressesRetour },
  };
}

function deliberationOf({ deliberation }: EnvoiParts): Deliberation {
  if (!deliberation) throw new Error('Transmission sans délibération');
  return deliberation;
}

function composeActe(parts: EnvoiParts, common: CommonInput): Result<ComposedEnvoi> {
  const { dateDecision, numeroInterne, nature, objet, pieces, ...deliberation } = deliberationOf(parts);
  const { classificationDateVersion } = parts.collectivite;
  // La nomenclature a pu changer depuis le dépôt : une matière que la préfecture n'a plus reviendrait en anomalie 003.
  const matiere = checkMatiere(deliberation.matiere, parts.classification);
  if (!matiere.ok) return matiere;
  const [main, ...annexes] = pieces;
  if (!main) throw new Error('Délibération sans document principal');
  const depot = buildDepotActe({
    ...common,
    acte: {
      dateDecision,
      numeroInterne,
      nature,
      matiere: matiere.value.niveaux,
      objet,
      classificationDateVersion,
    },
    document: pieceDepotOf(main, parts),
    annexes: annexes.map((annexe) => pieceDepotOf(annexe, parts)),
    nomenclature: parts.classification,
  });
  return depot.ok
    ? ok({ depot: depot.value, pieces, classificationEnvoyee: classificationDateVersion })
    : depot;
}

function pieceDepotOf({ rang, format, typePiece }: Piece, { signatures }: EnvoiParts): PieceDepot {
  const signature = signatures.get(rang);
  return { extension: format, typePiece, ...(signature === undefined ? {} : { signature }) };
}

function composeAnnulation(parts: EnvoiParts, common: CommonInput): Result<ComposedEnvoi> {
  const { identifiantActe } = parts.transmission;
  if (identifiantActe === null) throw new Error('Annulation sans acte');
  const { dateDecision, numeroInterne, nature } = deliberationOf(parts);
  const { siren, departement } = common.collectivite;
  const depot = buildDepotMessage({
    ...common,
    identite: { siren, departement, dateDecision, numeroInterne, nature },
    flux: '6-1',
    documents: [],
    message: () => ({ flux: '6-1', identifiantActe }),
  });
  return depot.ok ? ok({ depot: depot.value, pieces: [], classificationEnvoyee: null }) : depot;
}

type FluxLettreAller = Exclude<FluxTransmis, '1-1' | '6-1' | '7-1'>;

/** Une réponse recopie la date de la lettre, jamais celle du jour : c'est la seule clé qui dit à quelle lettre elle répond. */
function composeReponse(
  parts: EnvoiParts,
  common: CommonInput,
  flux: FluxLettreAller,
): Result<ComposedEnvoi> {
  const { reponse } = parts;
  if (!reponse) throw new Error('Réponse sans lettre');
  const { pieces, correspondance } = reponse;
  const { dateDecision, numeroInterne, nature } = deliberationOf(parts);
  const { siren, departement } = common.collectivite;
  const lettre = {
    identifiantActe: correspondance.identifiantActe,
    dateCourrierPref: correspondance.dateCourrier,
  };
  const depot = buildDepotMessage({
    ...common,
    identite: { siren, departement, dateDecision, numeroInterne, nature },
    flux,
    documents: pieces.map((piece) => pieceDepotOf(piece, parts)),
    message: (documents) => messageOf(flux, lettre, documents),
  });
  return depot.ok ? ok({ depot: depot.value, pieces, classificationEnvoyee: null }) : depot;
}

function messageOf(
  flux: FluxLettreAller,
  lettre: CourrierPref,
  documents: readonly FichierSigne[],
): MessageMetier {
  const document = documents[0] ?? { nomFichier: '' };
  if (flux === '3-2' || flux === '4-2') return { flux, ...lettre };
  return flux === '3-4' ? { flux, ...lettre, documents } : { flux, ...lettre, document };
}

function composeDemande({ classification }: EnvoiParts, common: CommonInput): Result<ComposedEnvoi> {
  const { siren, departement } = common.collectivite;
  const dateClassification = classification?.dateVersion ?? BEFORE_ANY_CLASSIFICATION;
  const depot = buildDepotMessage({
    ...common,
    identite: { siren, departement },
    flux: '7-1',
    documents: [],
    message: () => ({ flux: '7-1', dateClassification }),
  });
  return depot.ok ? ok({ depot: depot.value, pieces: [], classificationEnvoyee: null }) : depot;
}
