import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { buildIdentifiantActe } from '../identifiant/identifiant-acte';
import type { FichierSigne } from '../messages/messages';
import { writeEnveloppe } from '../messages/write-enveloppe';
import { writeMessage } from '../messages/write-message';
import { codeNatureOf } from '../nomenclature/natures';
import { nomArchive, nomEnveloppe } from '../noms/nom-enveloppe';
import { nomDocument, nomMessage } from '../noms/nom-fichier';
import { checkDepotActe } from './check-depot-acte';
import type { DepotActe, DepotActeInput } from './depot-acte';
import { enveloppeOf, fichierSigneOf, refusalOf } from './enveloppe-of';

/**
 * Compose un dépôt d'acte : noms, message 1-1 et enveloppe. Les adresses de retour en double sont réduites à une.
 * @returns le dépôt, ou le refus `depot/invalid` dont les violations disent toutes les fautes, celles de l'entrée comme
 * celles des deux XML.
 */
export function buildDepotActe(input: DepotActeInput): Result<DepotActe> {
  const { collectivite, acte } = input;
  const key = {
    quadrigramme: input.quadrigramme,
    siren: collectivite.siren,
    jour: input.jour,
    numero: input.numeroEnveloppe,
  };
  const parts = {
    departement: collectivite.departement,
    siren: collectivite.siren,
    dateDecision: acte.dateDecision,
    numeroInterne: acte.numeroInterne,
    nature: acte.nature,
  };
  const pieces = [input.document, ...input.annexes];
  const documents = pieces.map(({ extension, typePiece }, index) =>
    nomDocument(parts, '1-1', index + 1, extension, typePiece),
  );
  const fichierOf = (nomFichier: string, index: number): FichierSigne =>
    fichierSigneOf(nomFichier, pieces[index] ?? input.document);
  const nom = nomMessage(parts, '1-1', 0);
  const message = writeMessage({
    flux: '1-1',
    dateDecision: acte.dateDecision,
    numeroInterne: acte.numeroInterne,
    codeNature: codeNatureOf(acte.nature),
    matiere: acte.matiere,
    objet: acte.objet,
    precedentIdentifiant: acte.precedentIdentifiant,
    classificationDateVersion: acte.classificationDateVersion,
    document: fichierOf(documents[0] ?? '', 0),
    annexes: documents.slice(1).map((nomFichier, index) => fichierOf(nomFichier, index + 1)),
    documentPapier: acte.documentPapier ?? false,
  });
  const enveloppe = writeEnveloppe(enveloppeOf(collectivite, nom));

  const faults = checkDepotActe(input);
  if (!message.ok || !enveloppe.ok || faults.length > 0)
    return refuse(refusalOf([message, enveloppe], faults));
  return ok({
    nomArchive: nomArchive(input.trigramme, key),
    identifiantActe: buildIdentifiantActe(parts),
    enveloppe: { nom: nomEnveloppe(key), octets: enveloppe.value },
    message: { nom, octets: message.value },
    documents,
  });
}
