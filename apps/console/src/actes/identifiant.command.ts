import { NATURES, parseIdentifiantActe } from '@teletransmission/actes';
import { frenchDate } from '@teletransmission/kernel';
import { refused } from '../output/outcome';
import type { Printable } from '../output/print';

/** `identifiant TEXTE` : lit et explique un identifiant d'acte. */
export function explainIdentifiant(texte: string): Printable {
  const read = refused(parseIdentifiantActe(texte));
  const { identifiant, departement, siren, dateDecision, numeroInterne, nature, remarques } = read;
  const libelle = NATURES.find((candidate) => candidate.abrege === nature)?.libelle ?? nature;
  return {
    json: { identifiant, departement, siren, dateDecision, numeroInterne, nature, remarques },
    lines: [
      identifiant,
      `  département    ${departement}`,
      `  SIREN          ${siren}`,
      `  décision       ${frenchDate(dateDecision)}`,
      `  numéro interne ${numeroInterne}`,
      `  nature         ${nature} (${libelle})`,
      ...remarques.map((remarque) => `  remarque       ${remarque}`),
    ],
  };
}
