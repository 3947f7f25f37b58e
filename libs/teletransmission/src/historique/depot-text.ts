import type { Deliberation, Piece } from '../deliberation/deliberation';

/**
 * Le texte dont l'empreinte (SHA-256, en UTF-8) entre au journal avec un dépôt : tout ce qui a été déposé, en un tableau JSON. L'ordre des
 * faits est celui-ci, pour toujours : une empreinte déjà au journal ne se refait pas.
 */
export function depotCanonicalText({ vote, pieces, ...depot }: Deliberation): string {
  return JSON.stringify([
    depot.id,
    depot.collectiviteId,
    depot.identifiantActe,
    depot.numeroInterne,
    depot.nature,
    depot.dateDecision,
    depot.objet,
    depot.matiere,
    [vote.votants, vote.pour, vote.contre, vote.abstentions, vote.blancs, vote.nuls, vote.voixPreponderante],
    depot.deposeeLe,
    depot.deposeePar,
    depot.corrigeId,
    depot.pasAvant,
    pieces.map(pieceFacts),
  ]);
}

function pieceFacts({ signature, ...piece }: Piece): readonly unknown[] {
  return [
    piece.rang,
    piece.typePiece,
    piece.nomFichier,
    piece.empreinte,
    piece.tailleOctets,
    piece.format,
    piece.remarques,
    signature && [
      signature.nomFichier,
      signature.empreinte,
      signature.tailleOctets,
      signature.numeroSerie,
      signature.algorithme,
      signature.isChaineVerifiee,
    ],
  ];
}
