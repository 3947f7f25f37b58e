import type { CivilDate } from '@teletransmission/kernel';
import type { FluxCourrier } from '../ledger/ledger-entry';
import { acteElement } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';

/** Ce qu'un courrier dit, avant qu'il prenne sa forme. */
export interface Courrier {
  readonly flux: FluxCourrier;
  readonly identifiantActe: string;
  readonly dateCourrierPref: CivilDate;
  readonly texte: string;
}

const fichier = (element: string, nom: string): XmlElement =>
  acteElement(element, {}, [acteElement('NomFichier', {}, [nom])]);

/** Le texte d'un courrier dont le pilotage ne dit rien. */
export const TEXTES_PAR_DEFAUT: Readonly<Record<FluxCourrier, string>> = {
  '2-1': "La préfecture simulée accuse bonne lecture de l'acte et vous interroge sur sa date d'effet.",
  '3-1': "Transmettre l'avis du comité social territorial et le plan annexé à l'acte.",
  '4-1': "L'acte paraît pris par une autorité incompétente : le retirer ou le réformer.",
  '5-1': "Incompétence de l'auteur de l'acte.",
};

/** Le titre imprimé sur le document d'un courrier. */
export const TITRES: Readonly<Record<FluxCourrier, string>> = {
  '2-1': 'Courrier simple',
  '3-1': 'Demande de pièces complémentaires',
  '4-1': "Lettre d'observations",
  '5-1': 'Déféré au tribunal administratif',
};

/** Compose un courrier 2-1, 3-1, 4-1 ou un déféré 5-1 (protocole §3.5). Les trois premiers portent exactement un document. */
export function buildCourrier(courrier: Courrier, nomsDocuments: readonly string[]): XmlElement {
  const { flux, identifiantActe, dateCourrierPref, texte } = courrier;
  const reference = { IDActe: identifiantActe, DateCourrierPref: dateCourrierPref };
  const document = fichier('Document', nomsDocuments[0] ?? '');
  switch (flux) {
    case '2-1':
      return acteElement('CourrierSimple', reference, [document]);
    case '3-1':
      return acteElement('DemandePieceComplementaire', reference, [
        acteElement('DescriptionPieces', {}, [texte]),
        document,
      ]);
    case '4-1':
      return acteElement('LettreObservations', reference, [acteElement('Motif', {}, [texte]), document]);
    case '5-1':
      return acteElement('DefereTA', { IDActe: identifiantActe }, [
        acteElement('DateDepot', {}, [dateCourrierPref]),
        acteElement('NatureIllegalite', {}, [texte]),
        acteElement(
          'PiecesJointes',
          {},
          nomsDocuments.map((nom) => fichier('PieceJointe', nom)),
        ),
      ]);
  }
}
