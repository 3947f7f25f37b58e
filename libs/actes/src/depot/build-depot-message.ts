import type { CivilDate, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Flux } from '../noms/flux';
import type { EmetteurCollectivite, FichierSigne, MessageMetier } from '../messages/messages';
import { writeMessage } from '../messages/write-message';
import { writeEnveloppe } from '../messages/write-enveloppe';
import type { EnveloppeKey } from '../noms/nom-enveloppe';
import { nomArchive, nomEnveloppe } from '../noms/nom-enveloppe';
import type { NomIdentity } from '../noms/nom-fichier';
import { nomDocument, nomMessage } from '../noms/nom-fichier';
import type { FichierXml, PieceDepot } from './depot-acte';
import { enveloppeOf, fichierSigneOf, refusalOf } from './enveloppe-of';

/** Tout ce qu'il faut pour composer l'envoi d'un message autre que l'acte : annulation, réponse, demande de classification. */
export interface DepotMessageInput {
  readonly trigramme: string;
  readonly quadrigramme: string;
  readonly jour: CivilDate;
  readonly numeroEnveloppe: number;
  readonly collectivite: EmetteurCollectivite & { readonly adressesRetour: readonly string[] };
  /** Ce qui nomme les fichiers : l'identité de l'acte en cause, ou la collectivité seule. */
  readonly identite: NomIdentity;
  readonly flux: Flux;
  readonly documents: readonly PieceDepot[];
  /** Compose le message, une fois ses documents nommés, chacun avec sa signature s'il en a une. */
  message(documents: readonly FichierSigne[]): MessageMetier;
}

/** Un envoi composé : ce qu'il faut mettre dans l'archive, dans cet ordre. */
export interface DepotMessage {
  readonly nomArchive: string;
  readonly enveloppe: FichierXml;
  readonly message: FichierXml;
  readonly documents: readonly string[];
}

/**
 * Compose l'envoi d'un message : noms, message et enveloppe. L'identifiant de l'acte s'y recopie tel que la préfecture l'a
 * attribué, tirets compris.
 * @returns l'envoi, ou le refus `depot/invalid` avec toutes les fautes des deux XML.
 * @example buildDepotMessage({ …, flux: '6-1', documents: [], message: () => ({ flux: '6-1', identifiantActe }) })
 */
export function buildDepotMessage(input: DepotMessageInput): Result<DepotMessage> {
  const key: EnveloppeKey = {
    quadrigramme: input.quadrigramme,
    siren: input.collectivite.siren,
    jour: input.jour,
    numero: input.numeroEnveloppe,
  };
  const documents = input.documents.map(({ extension, typePiece }, index) =>
    nomDocument(input.identite, input.flux, index + 1, extension, typePiece),
  );
  const nom = nomMessage(input.identite, input.flux, 0);
  const fichiers = documents.map((nomFichier, index) =>
    fichierSigneOf(nomFichier, input.documents[index] ?? { extension: '', typePiece: '' }),
  );
  const message = writeMessage(input.message(fichiers), { identifiantTelQueRecu: true });
  const enveloppe = writeEnveloppe(enveloppeOf(input.collectivite, nom));
  if (!message.ok || !enveloppe.ok) return refuse(refusalOf([message, enveloppe]));
  return ok({
    nomArchive: nomArchive(input.trigramme, key),
    enveloppe: { nom: nomEnveloppe(key), octets: enveloppe.value },
    message: { nom, octets: message.value },
    documents,
  });
}
