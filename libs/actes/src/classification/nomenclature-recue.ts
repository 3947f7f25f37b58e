import type { CivilDate, Result } from '@teletransmission/kernel';
import { frenchDate, ok, refuse } from '@teletransmission/kernel';
import type { MatiereClassification } from '../messages/messages';
import type { NatureClassificationLue } from '../messages/messages-lus';
import type { Matiere } from '../nomenclature/matieres';
import { parseMatiere } from '../nomenclature/matieres';
import type { NatureAbregee } from '../nomenclature/natures';
import { codeNatureOf } from '../nomenclature/natures';
import { defaultTypePiece, typesPieceOf } from '../nomenclature/types-piece';

/** Ce qu'une préfecture a donné (`RetourClassification`, 7-2) : là où elle parle, elle l'emporte sur les listes nationales. */
export interface NomenclatureRecue {
  readonly dateVersion: CivilDate;
  readonly natures: readonly NatureClassificationLue[];
  readonly matieres: readonly MatiereClassification[];
}

/** Combien de matières voisines une faute cite : de quoi choisir, pas de quoi se noyer. */
const VOISINES_MAX = 6;

/** Le type d'un document se met en tête de son nom de fichier : cinq caractères, ni plus ni moins. */
const CODE_TYPE_PIECE = /^[A-Z0-9_]{5}$/;

/** La branche de chaque niveau, tant que la préfecture l'a. */
function branchesOf(
  { matieres }: NomenclatureRecue,
  niveaux: readonly number[],
): readonly MatiereClassification[] {
  const branches: MatiereClassification[] = [];
  let siblings = matieres;
  for (const niveau of niveaux) {
    const branch = siblings.find(({ code }) => code === niveau);
    if (!branch) break;
    branches.push(branch);
    siblings = branch.matieres;
  }
  return branches;
}

/**
 * Lit un code de matière et le tient à la nomenclature de la préfecture si elle en a donné une, sinon à la nationale. Ses niveaux 3 à 5
 * sont locaux ; une matière qu'elle a, et que les listes nationales n'ont pas, est admise.
 * @returns la matière ; sinon `matiere/malformed`, `matiere/incomplete`, `matiere/unknown`, ou `matiere/not-in-classification`, qui dit
 * jusqu'où la préfecture suit et ce qu'elle a à cet endroit.
 */
export function checkMatiere(code: string, recue: NomenclatureRecue | null): Result<Matiere> {
  const national = parseMatiere(code);
  if (!recue || recue.matieres.length === 0) return national;
  if (!national.ok && national.problem.code !== 'matiere/unknown') return national;
  const niveaux = code.split('.').map(Number);
  const branches = branchesOf(recue, niveaux);
  if (branches.length === niveaux.length) {
    const [domaine, matiere] = branches;
    return national.ok
      ? national
      : ok({ code, niveaux, domaine: domaine?.libelle ?? '', libelle: matiere?.libelle ?? '' });
  }
  return refuse({
    code: 'matiere/not-in-classification',
    detail: `La matière ${code} n'est pas dans la nomenclature de la préfecture du ${frenchDate(recue.dateVersion)}. ${neighbours(recue, niveaux, branches)}`,
  });
}

/** Ce que la préfecture a là où le code la quitte. */
function neighbours(
  recue: NomenclatureRecue,
  niveaux: readonly number[],
  branches: readonly MatiereClassification[],
): string {
  const nearest = branches.at(-1);
  const path = niveaux.slice(0, branches.length).join('.');
  const children = nearest ? nearest.matieres : recue.matieres;
  const here = nearest ? `« ${path} ${nearest.libelle} »` : 'sa nomenclature';
  if (children.length === 0) {
    return branches.length < 2
      ? `Elle n'a rien sous ${here} : faites redemander la nomenclature avant de déposer.`
      : `Elle s'arrête à ${here} : déposez avec « ${path} ».`;
  }
  const cited = children.slice(0, VOISINES_MAX).map((child) => {
    const childCode = path === '' ? String(child.code) : `${path}.${child.code}`;
    return `${childCode} (${child.libelle})`;
  });
  const others = children.length - cited.length;
  return `Dans ${here}, elle a : ${cited.join(', ')}${others > 0 ? `, et ${others} autre${others > 1 ? 's' : ''}` : ''}. Déposez avec une matière de cette nomenclature.`;
}

/** Les types de pièce admis pour une nature : ceux que la préfecture a donnés pour elle, sinon les nationaux. */
export function typesPieceAdmis(nature: NatureAbregee, recue: NomenclatureRecue | null): readonly string[] {
  const donnes = recue?.natures.find(
    ({ abrege, code }) => abrege === nature || code === codeNatureOf(nature),
  )?.typesPiece;
  const codes = (donnes ?? []).map(({ code }) => code).filter((code) => CODE_TYPE_PIECE.test(code));
  return codes.length > 0 ? codes : typesPieceOf(nature).map(({ code }) => code);
}

/**
 * Le type du document principal quand personne n'en a choisi un : le type général de la nature, ou le seul général que la préfecture
 * garde (`99_…`, jamais `99_SE`, qui est celui d'une signature).
 */
export function defaultTypePieceAdmis(nature: NatureAbregee, recue: NomenclatureRecue | null): string {
  const national = defaultTypePiece(nature);
  const admis = typesPieceAdmis(nature, recue);
  if (admis.includes(national)) return national;
  return admis.find((code) => code.startsWith('99_') && code !== '99_SE') ?? national;
}
