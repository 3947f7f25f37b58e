import type { DonneesActeLues, EmetteurLu, LectureXml } from '../messages/messages-lus';
import type { FichierSigne } from '../messages/messages';
import { checkTypePiece } from '../classification/check-type-piece';
import type { NatureAbregee } from '../nomenclature/natures';
import { isNatureAbregee, natureAbregeeOf } from '../nomenclature/natures';
import type { NomFichierLu } from '../noms/nom-fichier';
import { parseNomDocument, parseNomMessage } from '../noms/nom-fichier';
import type { ArchiveViolation } from './archive-violation';

const EXTENSIONS = new Set(['pdf', 'jpg', 'jpeg', 'png', 'xml']);

/**
 * Confronte un message aux noms : le sien, ceux de ses documents, et leur présence.
 * @returns les noms des documents que le message annonce, dans leur ordre
 */
export function checkMessageFiles(
  nomMessage: string,
  lecture: LectureXml,
  emetteur: EmetteurLu,
  present: ReadonlyMap<string, unknown>,
  violations: ArchiveViolation[],
): readonly string[] {
  const note = (code: string, fichier: string, detail: string): void => {
    violations.push({ code, fichier, detail });
  };
  const nom = parseNomMessage(nomMessage);
  if (!nom.ok) note('archive/message-name', nomMessage, nom.problem.detail);
  else checkNomMessage(nom.value, lecture, emetteur, note);

  const documents = documentsOf(lecture).map(({ nomFichier }) => nomFichier);
  const nature = natureOf(lecture, nom.ok ? nom.value : undefined);
  for (const document of documents) {
    if (!present.has(document)) {
      note(
        'archive/missing-file',
        document,
        `Le message « ${nomMessage} » annonce « ${document} », absent de l'archive.`,
      );
    }
    checkDocument(document, nom.ok ? nom.value : undefined, nature, note);
  }
  return documents;
}

type Note = (code: string, fichier: string, detail: string) => void;

function checkNomMessage(nom: NomFichierLu, lecture: LectureXml, emetteur: EmetteurLu, note: Note): void {
  const mismatch = (what: string, inName: string | undefined, inside: string | undefined): void => {
    if (inside === undefined || inName === inside) return;
    const detail = `Le nom de « ${nom.nom} » porte ${what} ${inName ?? 'vide'}, le contenu ${inside}.`;
    note('archive/message-identity', nom.nom, detail);
  };
  mismatch('le flux', nom.flux, lecture.type);
  mismatch('le SIREN', nom.siren, emetteur.siren);
  mismatch('le département', nom.departement, emetteur.departement);
  if (lecture.type !== '1-1') return;
  const { dateDecision, numeroInterne, codeNature } = lecture.message;
  mismatch('la date', nom.dateDecision, dateDecision);
  mismatch('le numéro', nom.numeroInterne, numeroInterne);
  mismatch('la nature', nom.nature, codeNature === undefined ? undefined : natureAbregeeOf(codeNature));
}

function checkDocument(
  document: string,
  message: NomFichierLu | undefined,
  nature: NatureAbregee | undefined,
  note: Note,
): void {
  const nom = parseNomDocument(document);
  if (!nom.ok) {
    note('archive/document-name', document, nom.problem.detail);
    return;
  }
  const { typePiece, extension } = nom.value;
  if (!EXTENSIONS.has(extension.toLowerCase())) {
    note(
      'archive/extension',
      document,
      `Le format « ${extension} » n'est pas admis : attendu pdf, jpg, png ou xml.`,
    );
  }
  if (message && radicalOf(nom.value) !== radicalOf(message)) {
    note(
      'archive/document-identity',
      document,
      `« ${document} » ne porte pas l'identité de son message « ${message.nom} ».`,
    );
  }
  if (typePiece === undefined) {
    note(
      'archive/type-piece',
      document,
      `« ${document} » n'a pas de type de pièce : cinq caractères en tête, comme 99_DE.`,
    );
    return;
  }
  const type = nature && checkTypePiece(typePiece, nature);
  if (type && !type.ok) note('archive/type-piece', document, `« ${document} » : ${type.problem.detail}`);
}

function radicalOf({ departement, siren, dateDecision, numeroInterne, nature, flux }: NomFichierLu): string {
  return [departement, siren, dateDecision, numeroInterne, nature, flux].join('|');
}

function natureOf(lecture: LectureXml, nom: NomFichierLu | undefined): NatureAbregee | undefined {
  if (lecture.type === '1-1' && lecture.message.codeNature !== undefined) {
    return natureAbregeeOf(lecture.message.codeNature);
  }
  return nom?.nature !== undefined && isNatureAbregee(nom.nature) ? nom.nature : undefined;
}

function documentsOf(lecture: LectureXml): readonly FichierSigne[] {
  switch (lecture.type) {
    case '1-1':
      return documentsOfActe(lecture.message);
    case '2-2':
    case '3-3':
    case '3-4':
    case '4-3':
    case '4-4':
      return lecture.message.documents;
    default:
      return [];
  }
}

function documentsOfActe({ document, annexes }: DonneesActeLues): readonly FichierSigne[] {
  return document ? [document, ...annexes] : annexes;
}
