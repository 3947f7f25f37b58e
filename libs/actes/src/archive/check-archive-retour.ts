import { FLUX } from '../noms/flux';
import type { FichierSigne } from '../messages/messages';
import type { LectureXml } from '../messages/messages-lus';
import { readXmlRetour } from '../messages/read-xml';
import { decodeXmlRetour } from '../xml/decode-retour';
import { validateXml } from '../xml/validate-xml';
import type { ArchiveViolation } from './archive-violation';
import type { FichierArchive } from './check-archive-aller';
import type { FichiersRetour } from './read-fichiers-retour';
import type { Ecart } from '../xml/ecart';

/** Une remarque, et le fichier dont elle parle quand c'est d'un fichier. */
export interface RemarqueRetour extends Ecart {
  readonly fichier?: string;
}

/** Ce que vaut un retour : ses fautes, et ce qui s'y lit sans effort de sa part et sans être une faute. */
export interface ControleRetour {
  readonly violations: readonly ArchiveViolation[];
  readonly remarques: readonly RemarqueRetour[];
}

/**
 * Contrôle ce que la préfecture a rendu, par les règles de ce qui arrive : ses XML contre le schéma, une enveloppe, les messages qu'elle
 * annonce et leurs documents. Un nom d'archive ne se juge pas : celui d'un retour n'a pas de trigramme d'opérateur. Ce qui se lit avec un
 * peu d'indulgence (encodage, dialecte de tar, compagnons) est une remarque.
 */
export function checkArchiveRetour({ conteneur, fichiers, remarques }: FichiersRetour): ControleRetour {
  const violations: ArchiveViolation[] = [];
  const noted: RemarqueRetour[] = [...remarques];
  const lectures: LectureXml[] = [];
  for (const { nom, octets } of fichiers.filter((fichier) => isXml(fichier, conteneur))) {
    const controle = checkXmlRetour(octets ?? new Uint8Array(), nom);
    violations.push(...controle.violations);
    noted.push(...controle.remarques);
    const lecture = octets && readXmlRetour(octets);
    if (lecture?.ok) lectures.push(lecture.value);
  }
  violations.push(...kindFaults(lectures, conteneur));
  const present = new Set(fichiers.map(({ nom }) => nom));
  const expected = lectures.flatMap(announcedBy);
  for (const nom of expected.filter((announced) => !present.has(announced)))
    violations.push({
      code: 'archive/missing-file',
      fichier: nom,
      detail: `« ${nom} » est annoncé, et n'est pas dans l'archive.`,
    });
  return { violations, remarques: noted };
}

/** Contrôle un XML rendu par la préfecture, lu comme on lit ce qui arrive. `nom` vide : il est seul. */
export function checkXmlRetour(octets: Uint8Array, nom = ''): ControleRetour {
  const fichier = nom === '' ? {} : { fichier: nom };
  const decoded = decodeXmlRetour(octets);
  const found = validateXml(octets, decodeXmlRetour);
  return {
    violations: found
      .filter(({ regle }) => !isOurRegle(regle))
      .map(({ regle, ligne, chemin, detail }) => ({
        code: regle,
        ...fichier,
        detail: `Ligne ${ligne}, ${chemin} : ${detail}`,
      })),
    remarques: [
      ...(decoded.ok ? decoded.value.ecarts.map((ecart) => ({ ...ecart, ...fichier })) : []),
      ...found
        .filter(({ regle }) => isOurRegle(regle))
        .map(({ regle, ligne, detail }) => ({ regle, ligne, detail, ...fichier })),
    ],
  };
}

/** Ce que le schéma admet et que nos règles d'émission n'admettent pas : la préfecture ne s'y est pas engagée. */
const isOurRegle = (regle: string): boolean => regle.startsWith('regle/');

/** Vrai d'un message que seul l'État envoie, ou de l'enveloppe qui le porte. */
export function isLectureRetour({ type }: LectureXml): boolean {
  if (type === 'enveloppe-retour' || type === 'anomalie-enveloppe') return true;
  return type !== 'enveloppe-aller' && FLUX[type].sens === 'retour';
}

function isXml({ nom }: FichierArchive, conteneur: FichiersRetour['conteneur']): boolean {
  return conteneur === 'xml' || nom.toLowerCase().endsWith('.xml');
}

function kindFaults(
  lectures: readonly LectureXml[],
  conteneur: FichiersRetour['conteneur'],
): readonly ArchiveViolation[] {
  const faults: ArchiveViolation[] = [];
  const enveloppes = lectures.filter(({ type }) => type === 'enveloppe-retour').length;
  if (conteneur === 'archive' && enveloppes !== 1)
    faults.push({
      code: 'archive/enveloppe-count',
      detail: `L'archive contient ${enveloppes} enveloppe(s) de la préfecture : il en faut exactement une.`,
    });
  if (lectures.length === enveloppes)
    faults.push({ code: 'archive/no-message', detail: 'Aucun message ne s’y lit.' });
  for (const lecture of lectures.filter((read) => !isLectureRetour(read)))
    faults.push({
      code: 'archive/message-kind',
      detail: `${lecture.racine} est un message que seule une collectivité envoie.`,
    });
  return faults;
}

/** Les fichiers qu'une enveloppe ou une lettre annonce. Un accusé, lui, redit les nôtres, qui ne reviennent pas. */
function announcedBy(lecture: LectureXml): readonly string[] {
  const named = (fichiers: readonly FichierSigne[]): readonly string[] =>
    fichiers.map(({ nomFichier }) => nomFichier);
  switch (lecture.type) {
    case 'enveloppe-retour':
      return named(lecture.message.formulaires);
    case '2-1':
    case '3-1':
    case '4-1':
      return named(lecture.message.documents);
    case '5-1':
      return named(lecture.message.piecesJointes);
    default:
      return [];
  }
}
