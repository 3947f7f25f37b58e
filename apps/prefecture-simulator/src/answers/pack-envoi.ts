import type { CivilDate } from '@teletransmission/kernel';
import { compactDay } from '../clock/civil-day';
import type { Emetteur } from '../dossier/dossier';
import type { RetourEmis } from '../ledger/ledger-entry';
import type { Alteration } from '../scenarios/alteration';
import type { ActesSchema } from '../xml/actes-schema';
import type { XmlElement } from '../xml/xml-tree';
import { SIREN_ETRANGER, unknownIdentifiant } from './alter';
import { buildEnveloppeMISILLCL, nameService } from './answer-messages';
import { emit } from './emit';
import { packTarGz } from './pack-tar-gz';
import type { FichierEmis } from './pack-tar-gz';

/** Un message de la préfecture, prêt à recevoir ses numéros. */
export interface Envoi {
  readonly flux: string;
  readonly identifiantActe: string | null;
  /** Le formulaire auquel il répond ; rien s'il ne répond à aucun. */
  readonly formulaire: string | undefined;
  readonly destinataire: Emetteur;
  readonly quadrigramme: string;
  /** Le nom du message, avant son compteur. */
  readonly debutNom: string;
  /** Le contenu des documents joints, en PDF. */
  readonly documents: readonly Buffer[];
  /** Compose le message, une fois ses documents nommés. */
  message(nomsDocuments: readonly string[]): XmlElement;
  readonly alterations: readonly Alteration[];
}

/** Un retour composé, avant qu'il reçoive son identifiant et son heure. */
export interface RetourCompose extends Pick<
  RetourEmis,
  'nom' | 'contenu' | 'flux' | 'identifiantActe' | 'compteurMessage' | 'enveloppe' | 'alterations'
> {
  readonly octets: Buffer;
  /** Le formulaire auquel il répond ; rien pour une archive rejetée en bloc. */
  readonly formulaire: string | undefined;
}

/** Les numéros d'un envoi : le premier compteur libre, le numéro de l'enveloppe et son jour. */
export interface Numeros {
  readonly compteur: number;
  readonly enveloppe: number;
  readonly jour: CivilDate;
}

/** Met un envoi dans son archive : enveloppe, message, documents. Un compteur par document, puis un pour le message. */
export async function packEnvoi(
  envoi: Envoi,
  { compteur, enveloppe, jour }: Numeros,
  schema: ActesSchema,
): Promise<RetourCompose> {
  const { alterations, destinataire, identifiantActe, documents } = envoi;
  const has = (alteration: Alteration): boolean => alterations.includes(alteration);
  const debutNom =
    has('acte-inconnu') && identifiantActe !== null
      ? envoi.debutNom.replace(identifiantActe, unknownIdentifiant(identifiantActe))
      : envoi.debutNom;
  // Les vrais compteurs dépassent 9999 : un cinquième chiffre suffit à le montrer (protocole §2.3).
  const number = (rang: number): number => compteur + rang + (has('compteur-cinq-chiffres') ? 90_000 : 0);
  const pieces = documents.map((octets, rang) => ({ nom: `${debutNom}_${number(rang)}.pdf`, octets }));
  const nomMessage = `${debutNom}_${number(documents.length)}.xml`;
  const service = nameService(destinataire);
  const siren = has('siren-errone') ? SIREN_ETRANGER : destinataire.siren;
  const name = `${envoi.quadrigramme}--${service}-${siren}-${compactDay(jour)}-${enveloppe}`;
  const fichierEnveloppe = {
    nom: `${name}.xml`,
    octets: emit(buildEnveloppeMISILLCL(destinataire, nomMessage), schema, alterations),
  };
  const message = emit(envoi.message(pieces.map(({ nom }) => nom)), schema, alterations);
  return {
    nom: `${name}.tar.gz`,
    contenu: 'application/gzip',
    flux: envoi.flux,
    identifiantActe,
    compteurMessage: compteur + documents.length,
    enveloppe: { service, jour, numero: enveloppe },
    ...(alterations.length > 0 ? { alterations } : {}),
    octets: await packTarGz(
      arrange(fichierEnveloppe, [{ nom: nomMessage, octets: message }, ...pieces], alterations),
    ),
    formulaire: envoi.formulaire,
  };
}

function arrange(
  enveloppe: FichierEmis,
  reste: readonly FichierEmis[],
  alterations: readonly Alteration[],
): readonly FichierEmis[] {
  if (alterations.includes('enveloppe-absente')) return reste;
  return alterations.includes('enveloppe-apres-message') ? [...reste, enveloppe] : [enveloppe, ...reste];
}
