import type { Result, Violation } from '@teletransmission/kernel';
import { parseDepartement } from '../identifiant/departement';
import { parseNumeroInterne } from '../identifiant/numero-interne';
import { parseSiren } from '../identifiant/siren';
import { checkTypePiece } from '../classification/check-type-piece';
import { checkMatiere } from '../classification/nomenclature-recue';
import type { NomenclatureRecue } from '../classification/nomenclature-recue';
import type { NatureAbregee } from '../nomenclature/natures';
import type { DepotActeInput, PieceDepot } from './depot-acte';

/** Formats que la norme admet ; XML depuis l'arrêté du 13 octobre 2011, pour les documents budgétaires. */
const EXTENSIONS = ['pdf', 'jpg', 'jpeg', 'png', 'xml'];

/** Ce que ni le type de l'entrée, ni les XML composés ne contrôlent : les noms, la typologie, la matière. */
export function checkDepotActe(input: DepotActeInput): readonly Violation[] {
  const { collectivite, acte, nomenclature = null } = input;
  const violations: Violation[] = [];
  const expect = (isRight: boolean, pointer: string, code: string, detail: string): void => {
    if (!isRight) violations.push({ pointer, code, detail });
  };
  const keepFault = (pointer: string, result: Result<unknown>): void => {
    if (!result.ok) violations.push({ pointer, code: result.problem.code, detail: result.problem.detail });
  };

  expect(
    /^[A-Z]{3}$/.test(input.trigramme),
    '/trigramme',
    'depot/trigramme',
    `Le trigramme « ${input.trigramme} » doit compter trois capitales : c'est celui de l'opérateur.`,
  );
  expect(
    /^[FQETD][A-Z]{3}$/.test(input.quadrigramme),
    '/quadrigramme',
    'depot/quadrigramme',
    `Le quadrigramme « ${input.quadrigramme} » n'est ni EACT (production), ni TACT (essai).`,
  );
  const { numeroEnveloppe } = input;
  expect(
    Number.isInteger(numeroEnveloppe) && numeroEnveloppe >= 1 && numeroEnveloppe <= 9999,
    '/numeroEnveloppe',
    'depot/numero-enveloppe',
    `Le numéro d'enveloppe ${numeroEnveloppe} doit être entre 1 et 9999.`,
  );
  keepFault('/collectivite/siren', parseSiren(collectivite.siren));
  keepFault('/collectivite/departement', parseDepartement(collectivite.departement));
  keepFault('/acte/numeroInterne', parseNumeroInterne(acte.numeroInterne, { tiretsPermis: true }));
  keepFault('/acte/matiere', checkMatiere(acte.matiere.join('.'), nomenclature));
  checkPiece(input.document, '/document', acte.nature, nomenclature, violations);
  expect(
    input.document.extension.toLowerCase() !== 'xml' || acte.nature === 'BF',
    '/document/extension',
    'depot/document-xml',
    'Le document principal ne peut être un XML que pour un document budgétaire : joignez un PDF.',
  );
  input.annexes.forEach((annexe, index) => {
    checkPiece(annexe, `/annexes/${index}`, acte.nature, nomenclature, violations);
  });
  return violations;
}

function checkPiece(
  piece: PieceDepot,
  pointer: string,
  nature: NatureAbregee,
  nomenclature: NomenclatureRecue | null,
  violations: Violation[],
): void {
  if (!EXTENSIONS.includes(piece.extension.toLowerCase())) {
    violations.push({
      pointer: `${pointer}/extension`,
      code: 'depot/extension',
      detail: `Le format « ${piece.extension} » n'est pas admis : attendu ${EXTENSIONS.join(', ')}.`,
    });
  }
  const type = checkTypePiece(piece.typePiece, nature, nomenclature);
  if (!type.ok) {
    violations.push({
      pointer: `${pointer}/typePiece`,
      code: type.problem.code,
      detail: type.problem.detail,
    });
  }
}
