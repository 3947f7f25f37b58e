export type { AnomalieExpliquee } from './anomalies/explain-anomalie';
export { explainAnomalie } from './anomalies/explain-anomalie';
export type { ArchiveLimits } from './archive/archive-limits';
export { ARCHIVE_LIMITS, ARCHIVE_MAX_BYTES } from './archive/archive-limits';
export type { ArchiveViolation } from './archive/archive-violation';
export type { ArchiveAller, FichierArchive } from './archive/check-archive-aller';
export { checkArchiveAller } from './archive/check-archive-aller';
export type { ControleRetour, RemarqueRetour } from './archive/check-archive-retour';
export { checkArchiveRetour, checkXmlRetour, isLectureRetour } from './archive/check-archive-retour';
export type { ArchiveFile } from './archive/pack-archive';
export { packArchive } from './archive/pack-archive';
export type { OnArchiveEntry } from './archive/read-archive';
export { readArchive } from './archive/read-archive';
export type { OnRetourFile, RetourOuvert } from './archive/read-archive-retour';
export { readArchiveRetour } from './archive/read-archive-retour';
export type { FichiersRetour } from './archive/read-fichiers-retour';
export { readFichiersRetour } from './archive/read-fichiers-retour';
export type { TarEntry } from './archive/tar-header';
export { buildDepotActe } from './depot/build-depot-acte';
export type { DepotMessage, DepotMessageInput } from './depot/build-depot-message';
export { buildDepotMessage } from './depot/build-depot-message';
export type { DepotActe, DepotActeInput, FichierXml, PieceDepot } from './depot/depot-acte';
export type { Departement } from './identifiant/departement';
export { DEPARTEMENTS, parseDepartement } from './identifiant/departement';
export type { IdentifiantActe, IdentifiantActeParts } from './identifiant/identifiant-acte';
export { buildIdentifiantActe } from './identifiant/identifiant-acte';
export type { NumeroInterne, NumeroInterneRules } from './identifiant/numero-interne';
export { parseNumeroInterne } from './identifiant/numero-interne';
export type { IdentifiantActeRead } from './identifiant/read-identifiant-acte';
export { parseIdentifiantActe, withoutLabel } from './identifiant/read-identifiant-acte';
export type { TexteSaisi } from './identifiant/saisie';
export { readSaisie } from './identifiant/saisie';
export type { Siren } from './identifiant/siren';
export { digitsOfSiren, parseSiren } from './identifiant/siren';
export type { Flux, FluxDescription } from './messages/flux';
export { FLUX, fluxOfRacine, isFlux } from './messages/flux';
export type * from './messages/messages';
export type * from './messages/messages-lus';
export { readXml, readXmlRetour } from './messages/read-xml';
export { writeAnomalieEnveloppe, writeEnveloppe } from './messages/write-enveloppe';
export type { WriteMessageOptions } from './messages/write-message';
export { writeMessage } from './messages/write-message';
export { checkTypePiece } from './nomenclature/check-type-piece';
export type { Matiere } from './nomenclature/matieres';
export { MATIERES, NOMENCLATURE_DATE, parseMatiere } from './nomenclature/matieres';
export type { CodeNature, NatureAbregee, NatureActe } from './nomenclature/natures';
export { codeNatureOf, isNatureAbregee, natureAbregeeOf, NATURES } from './nomenclature/natures';
export type { NomenclatureRecue } from './nomenclature/nomenclature-recue';
export { checkMatiere, defaultTypePieceAdmis, typesPieceAdmis } from './nomenclature/nomenclature-recue';
export { searchMatieres } from './nomenclature/search-matieres';
export type { TypePiece } from './nomenclature/types-piece';
export { defaultTypePiece, TYPOLOGIE_DATE, typesPieceOf } from './nomenclature/types-piece';
export type { EnveloppeKey, NomEnveloppeLu } from './noms/nom-enveloppe';
export {
  nomAnomalieEnveloppe,
  nomArchive,
  nomEnveloppe,
  nomEnveloppeRetour,
  parseNomEnveloppe,
} from './noms/nom-enveloppe';
export type { NomFichierLu, NomIdentity } from './noms/nom-fichier';
export { nomDocument, nomMessage, parseNomDocument, parseNomMessage } from './noms/nom-fichier';
export type { CaractereInterdit } from './texte/check-texte-xml';
export { checkTexteXml } from './texte/check-texte-xml';
export type { SchemasXsd } from './vocabulaire/schema-xsd';
export { schemaXsd } from './vocabulaire/schema-xsd';
export { isAdresse } from './vocabulaire/types-simples';
export { validateXml } from './xml/validate-xml';
export type { XmlViolation } from './xml/xml-violation';
