import type { ArchiveEntries } from '../archive/read-archive';
import { looksLikeEnveloppe, readNomArchive, readNomDocument, readNomMessage } from '../names/file-names';
import type { NomArchive, NomMessage } from '../names/file-names';
import { readIdentifiantActe } from '../names/identifiant-acte';
import type { ActesSchema, XmlReading } from '../xml/actes-schema';
import { attributeOf, childNamed, descendantsNamed, elementsOf, INSEE, textOf } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';
import { compactDay } from '../clock/civil-day';
import type { Examens } from './examine-document';
import { natureActe } from './nomenclature';
import { readActe } from './read-acte';
import type { ActeLu } from './read-acte';
import { readMessage } from './read-message';
import type { MessageLu } from './read-message';

/** Qui a envoyé, d'après l'enveloppe. */
export interface Emetteur {
  readonly siren: string;
  readonly departement: string;
  readonly arrondissement: string;
  readonly nature: string;
}

/** Un formulaire nommé par l'enveloppe, et ce qu'on a trouvé sous ce nom. */
export interface FormulaireRecu {
  readonly nom: string;
  readonly nomLu: NomMessage | undefined;
  readonly lecture: XmlReading | undefined;
  /** `1-1`, `6-1`… d'après le nom ; un nom illisible est lu comme celui d'un acte. */
  readonly flux: string;
  /** L'acte d'un 1-1. */
  readonly acte: ActeLu | undefined;
  /** Le message de tout autre flux. */
  readonly message: MessageLu | undefined;
  /** D'un 1-1, composé par la règle du ministère ; d'un autre, celui qu'il cite. Rien tant qu'une de ses parties manque. */
  readonly identifiantActe: string | undefined;
}

/** Les documents qu'un formulaire nomme, le principal d'abord. */
export function documentsOf({ acte, message }: FormulaireRecu): readonly string[] {
  return acte ? [acte.document, ...acte.annexes] : (message?.documents ?? []);
}

/** Vrai si le nom d'un document répète celui de son formulaire. D'un nom illisible, une autre règle parle. */
export function isNamedAfter(nom: string, { nomLu }: FormulaireRecu): boolean {
  const lu = readNomDocument(nom);
  return (
    !lu ||
    !nomLu ||
    (['departement', 'siren', 'jour', 'numeroInterne', 'nature', 'flux'] as const).every(
      (champ) => lu[champ] === nomLu[champ],
    )
  );
}

/** Le numéro interne de l'acte dont parle un formulaire, lu dans le message sinon dans son nom ; vide s'il n'en dit rien. */
export function numeroInterneOf({ acte, nomLu, message }: FormulaireRecu): string {
  const cite = readIdentifiantActe(message?.identifiantActe ?? '')?.numeroInterne;
  return acte?.numeroInterne ?? cite ?? nomLu?.numeroInterne ?? '';
}

/** Tout ce que l'archive a livré, avant tout jugement. */
export interface Dossier {
  readonly nomArchive: string;
  readonly nomLu: NomArchive | undefined;
  readonly entries: ArchiveEntries;
  /** Ce que les documents montrent, une fois ouverts. */
  readonly examens: Examens;
  /** Pourquoi l'archive n'a pas pu être lue. */
  readonly defautArchive: string | undefined;
  /** Les fichiers qui ont l'allure d'une enveloppe. */
  readonly enveloppes: readonly string[];
  readonly enveloppe: XmlReading | undefined;
  readonly emetteur: Emetteur;
  readonly formulaires: readonly FormulaireRecu[];
}

function readEmetteur(racine: XmlElement | undefined): Emetteur {
  const idcl = childNamed(childNamed(racine, 'Emetteur'), 'IDCL');
  const lire = (nom: string, espace?: string): string => (attributeOf(idcl, nom, espace) ?? '').trim();
  return {
    siren: lire('SIREN', INSEE),
    departement: lire('Departement'),
    arrondissement: lire('Arrondissement'),
    nature: lire('Nature'),
  };
}

/**
 * L'identifiant composé par le ministère (protocole §4.1) : département, SIREN, date, numéro, nature.
 * Le numéro y entre tel quel, traits d'union compris.
 */
function composeIdentifiant(emetteur: Emetteur, acte: ActeLu | undefined): string | undefined {
  const nature = natureActe(acte?.codeNature ?? '');
  if (!acte || !nature || !emetteur.siren || !acte.dateDecision || !acte.numeroInterne) return undefined;
  const parties = [emetteur.departement, emetteur.siren, compactDay(acte.dateDecision), acte.numeroInterne];
  return [...parties, nature.abrege].join('-');
}

function readFormulaire(
  nom: string,
  emetteur: Emetteur,
  entries: ArchiveEntries,
  schema: ActesSchema,
): FormulaireRecu {
  const contenu = entries.get(nom)?.contenu;
  const lecture = contenu && schema.read(contenu);
  const nomLu = readNomMessage(nom);
  const flux = nomLu?.flux ?? '1-1';
  const acte = flux === '1-1' ? readActe(lecture) : undefined;
  const message = flux === '1-1' ? undefined : readMessage(lecture);
  const cite = message?.identifiantActe === '' ? undefined : message?.identifiantActe;
  return {
    nom,
    nomLu,
    lecture,
    flux,
    acte,
    message,
    identifiantActe: acte ? composeIdentifiant(emetteur, acte) : cite,
  };
}

/** Ouvre le dossier d'une archive lue (ou illisible) : enveloppe, formulaires, actes, sans rien exiger d'eux. */
export function openDossier(
  nomArchive: string,
  entries: ArchiveEntries,
  schema: ActesSchema,
  { examens = new Map(), defautArchive }: Partial<Pick<Dossier, 'examens' | 'defautArchive'>> = {},
): Dossier {
  const nomLu = readNomArchive(nomArchive);
  const enveloppes = [...entries.keys()].filter(looksLikeEnveloppe);
  const contenu = entries.get(nomLu?.enveloppe ?? enveloppes[0] ?? '')?.contenu;
  const enveloppe = contenu && schema.read(contenu);
  const racine = enveloppe?.kind === 'read' ? enveloppe.racine : undefined;
  const emetteur = readEmetteur(racine);
  const noms = elementsOf(childNamed(racine, 'FormulairesEnvoyes')).map((formulaire) =>
    textOf(descendantsNamed(formulaire, 'NomFichier')[0]),
  );
  return {
    nomArchive,
    nomLu,
    entries,
    examens,
    defautArchive,
    enveloppes,
    enveloppe,
    emetteur,
    formulaires: noms.map((nom) => readFormulaire(nom, emetteur, entries, schema)),
  };
}
