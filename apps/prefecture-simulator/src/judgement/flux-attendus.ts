/** Ce qu'on attend d'un message de collectivité autre qu'un acte (protocole §1.2, §3.5). */
export interface FluxAttendu {
  /** Élément racine du message. */
  readonly racine: string;
  /** Enfants sans lesquels il n'a pas de sens. */
  readonly obligatoires: readonly string[];
  /** Le courrier auquel il répond ; rien s'il ne répond à aucun. */
  readonly courrier?: '2-1' | '3-1' | '4-1';
  /** Vrai s'il parle d'un acte déjà accusé. */
  readonly citeUnActe: boolean;
  /** L'accusé qu'il reçoit ; rien pour 2-2, 3-2 et 4-2, que personne n'accuse. */
  readonly accuse?: '3-5' | '4-5' | '6-2' | '7-2';
}

/** Les flux d'une collectivité, le 1-1 excepté : il a sa propre table de règles. */
export const FLUX_ATTENDUS: Readonly<Record<string, FluxAttendu>> = {
  '2-2': { racine: 'ReponseCourrierSimple', obligatoires: ['Document'], courrier: '2-1', citeUnActe: true },
  '3-2': { racine: 'ARDemandePieceComplementaire', obligatoires: [], courrier: '3-1', citeUnActe: true },
  '3-3': {
    racine: 'RefusPieceComplementaire',
    obligatoires: ['Document'],
    courrier: '3-1',
    citeUnActe: true,
    accuse: '3-5',
  },
  '3-4': {
    racine: 'PieceComplementaire',
    obligatoires: ['Documents'],
    courrier: '3-1',
    citeUnActe: true,
    accuse: '3-5',
  },
  '4-2': { racine: 'ARLettreObservations', obligatoires: [], courrier: '4-1', citeUnActe: true },
  '4-3': {
    racine: 'RejetLettreObservations',
    obligatoires: ['Document'],
    courrier: '4-1',
    citeUnActe: true,
    accuse: '4-5',
  },
  '4-4': {
    racine: 'ReponseLettreObservations',
    obligatoires: ['Document'],
    courrier: '4-1',
    citeUnActe: true,
    accuse: '4-5',
  },
  '6-1': { racine: 'Annulation', obligatoires: [], citeUnActe: true, accuse: '6-2' },
  '7-1': { racine: 'DemandeClassification', obligatoires: [], citeUnActe: false, accuse: '7-2' },
};
