import { readXml } from '../messages/read-xml';
import type { EnveloppeAllerLue } from '../messages/messages-lus';
import { FLUX } from '../noms/flux';
import type { NomEnveloppeLu } from '../noms/nom-enveloppe';
import { parseNomEnveloppe } from '../noms/nom-enveloppe';
import { validateXml } from '../xml/validate-xml';
import { ARCHIVE_MAX_BYTES } from './archive-limits';
import type { ArchiveViolation } from './archive-violation';
import { checkMessageFiles } from './check-message-files';

/** Un fichier d'archive tel qu'on l'a lu. `octets` n'est utile que pour les XML de l'enveloppe et des messages. */
export interface FichierArchive {
  readonly nom: string;
  readonly tailleOctets: number;
  readonly octets?: Uint8Array;
}

/** Une archive à confronter à elle-même. */
export interface ArchiveAller {
  /** Le nom du `.tar.gz`, sans répertoire. */
  readonly nomArchive: string;
  /** Dans l'ordre où l'archive les contient. */
  readonly fichiers: readonly FichierArchive[];
  /** Octets du `.tar.gz`, quand on les connaît. */
  readonly tailleOctets?: number;
  /** Le trigramme attendu de l'opérateur, quand il doit être contrôlé. */
  readonly trigramme?: string;
  readonly quadrigramme?: string;
}

/**
 * Contrôle une archive qui part vers l'État avant de l'envoyer : son nom, l'enveloppe et les messages contre le schéma et les
 * règles, les listes contre les fichiers présents, l'ordre, la typologie, l'identité de la collectivité d'un bout à l'autre.
 * @returns toutes les fautes ; vide quand l'archive peut partir.
 */
export function checkArchiveAller(archive: ArchiveAller): readonly ArchiveViolation[] {
  const violations: ArchiveViolation[] = [];
  const nom = readNom(archive, violations);
  checkSizes(archive, violations);

  const enveloppes = archive.fichiers.filter(({ nom: file }) => parseNomEnveloppe(file).ok);
  const [enveloppe] = enveloppes;
  if (!enveloppe || enveloppes.length > 1) {
    const detail = `L'archive contient ${enveloppes.length} enveloppe(s) : il en faut exactement une.`;
    return [...violations, { code: 'archive/enveloppe-count', detail }];
  }
  if (archive.fichiers[0] !== enveloppe) {
    violations.push({
      code: 'archive/order',
      fichier: enveloppe.nom,
      detail: "L'enveloppe doit être le premier fichier.",
    });
  }
  if (nom && enveloppe.nom !== nom.nomEnveloppe) {
    const detail = `L'enveloppe devrait se nommer ${nom.nomEnveloppe}, comme l'archive sans son trigramme.`;
    violations.push({ code: 'archive/enveloppe-name', fichier: enveloppe.nom, detail });
  }
  const lue = readEnveloppe(enveloppe, violations);
  if (!lue) return violations;
  checkEmetteur(lue, enveloppe.nom, nom, violations);
  checkContent(archive, enveloppe, lue, violations);
  return violations;
}

function readNom(archive: ArchiveAller, violations: ArchiveViolation[]): NomEnveloppeLu | undefined {
  const { nomArchive, trigramme, quadrigramme } = archive;
  const read = parseNomEnveloppe(nomArchive);
  if (!read.ok || read.value.genre !== 'archive' || read.value.sens !== 'aller') {
    const detail = `« ${nomArchive} » n'est pas un nom d'archive : attendu TLT-EACT--213402761--20221102-1.tar.gz.`;
    violations.push({ code: 'archive/name', detail });
    return undefined;
  }
  if (trigramme !== undefined && read.value.trigramme !== trigramme) {
    const detail = `Le trigramme de l'archive est ${read.value.trigramme ?? 'absent'} ; celui de l'opérateur est ${trigramme}.`;
    violations.push({ code: 'archive/trigramme', detail });
  }
  if (quadrigramme !== undefined && read.value.key.quadrigramme !== quadrigramme) {
    const detail = `L'archive est pour ${read.value.key.quadrigramme} ; l'environnement attendu est ${quadrigramme}.`;
    violations.push({ code: 'archive/quadrigramme', detail });
  }
  return read.value;
}

function checkSizes({ fichiers, tailleOctets }: ArchiveAller, violations: ArchiveViolation[]): void {
  if (tailleOctets !== undefined && tailleOctets > ARCHIVE_MAX_BYTES) {
    const detail = `L'archive fait ${tailleOctets} octets ; la plate-forme en admet ${ARCHIVE_MAX_BYTES}.`;
    violations.push({ code: 'archive/too-large', detail });
  }
  const seen = new Set<string>();
  for (const { nom, tailleOctets: size } of fichiers) {
    if (size === 0)
      violations.push({ code: 'archive/empty-file', fichier: nom, detail: `« ${nom} » est vide.` });
    if (seen.has(nom)) {
      violations.push({
        code: 'archive/duplicate-name',
        fichier: nom,
        detail: `« ${nom} » figure deux fois.`,
      });
    }
    seen.add(nom);
  }
}

/** Les fautes d'un XML de l'archive, ou son absence d'octets. */
function xmlFaults({ nom, octets }: FichierArchive): readonly ArchiveViolation[] {
  if (!octets)
    return [{ code: 'archive/unread-xml', fichier: nom, detail: `Le contenu de « ${nom} » n'a pas été lu.` }];
  return validateXml(octets).map(({ regle, ligne, chemin, detail }) => ({
    code: regle,
    fichier: nom,
    detail: `Ligne ${ligne}, ${chemin} : ${detail}`,
  }));
}

function readEnveloppe(
  enveloppe: FichierArchive,
  violations: ArchiveViolation[],
): EnveloppeAllerLue | undefined {
  violations.push(...xmlFaults(enveloppe));
  const lecture = enveloppe.octets && readXml(enveloppe.octets);
  if (!lecture?.ok) return undefined;
  if (lecture.value.type === 'enveloppe-aller') return lecture.value.message;
  const detail = `« ${enveloppe.nom} » contient ${lecture.value.racine}, pas une enveloppe vers l'État.`;
  violations.push({ code: 'archive/enveloppe-kind', fichier: enveloppe.nom, detail });
  return undefined;
}

function checkEmetteur(
  lue: EnveloppeAllerLue,
  fichier: string,
  nom: NomEnveloppeLu | undefined,
  violations: ArchiveViolation[],
): void {
  const { siren } = lue.emetteur;
  if (!nom || siren === undefined || siren === nom.key.siren) return;
  const detail = `L'enveloppe est de la collectivité ${siren}, l'archive de ${nom.key.siren}.`;
  violations.push({ code: 'archive/siren', fichier, detail });
}

/** Les messages annoncés, leurs documents, et ce que personne n'annonce ; puis l'ordre de l'ensemble. */
function checkContent(
  archive: ArchiveAller,
  enveloppe: FichierArchive,
  lue: EnveloppeAllerLue,
  violations: ArchiveViolation[],
): void {
  const present = new Map(archive.fichiers.map((fichier) => [fichier.nom, fichier]));
  const expected: string[] = [enveloppe.nom];
  for (const { nomFichier } of lue.formulaires) {
    expected.push(nomFichier);
    const fichier = present.get(nomFichier);
    if (!fichier) {
      const detail = `L'enveloppe annonce « ${nomFichier} », absent de l'archive.`;
      violations.push({ code: 'archive/missing-file', fichier: nomFichier, detail });
      continue;
    }
    violations.push(...xmlFaults(fichier));
    const lecture = fichier.octets && readXml(fichier.octets);
    if (!lecture?.ok) continue;
    const { type, racine } = lecture.value;
    if (type === 'enveloppe-aller' || type === 'enveloppe-retour' || type === 'anomalie-enveloppe') {
      const detail = `« ${nomFichier} » contient ${racine}, qui n'est pas un message.`;
      violations.push({ code: 'archive/message-kind', fichier: nomFichier, detail });
      continue;
    }
    if (FLUX[type].sens === 'retour') {
      const detail = `« ${nomFichier} » est un message ${type}, que seul l'État envoie.`;
      violations.push({ code: 'archive/message-kind', fichier: nomFichier, detail });
    }
    expected.push(...checkMessageFiles(nomFichier, lecture.value, lue.emetteur, present, violations));
  }
  checkList(archive, expected, violations);
}

function checkList(
  { fichiers }: ArchiveAller,
  expected: readonly string[],
  violations: ArchiveViolation[],
): void {
  for (const { nom } of fichiers) {
    if (expected.includes(nom)) continue;
    const detail = `« ${nom} » n'est annoncé ni par l'enveloppe, ni par un message.`;
    violations.push({ code: 'archive/unexpected-file', fichier: nom, detail });
  }
  const actual = fichiers.map(({ nom }) => nom).filter((nom) => expected.includes(nom));
  const wanted = expected.filter((nom) => actual.includes(nom));
  if (actual[0] === wanted[0] && actual.join('\n') !== wanted.join('\n')) {
    const detail = `L'ordre attendu est celui de l'enveloppe puis des messages : ${wanted.join(', ')}.`;
    violations.push({ code: 'archive/order', detail });
  }
}
