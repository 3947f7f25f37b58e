import type { CivilDate } from '@teletransmission/kernel';
import { compactDay } from '../clock/civil-day';
import type { Dossier, FormulaireRecu } from '../judgement/dossier';
import type { Jugement } from '../judgement/judge-dossier';
import type { ActeJuge, RetourEmis } from '../ledger/ledger-entry';
import { nameAnomalieEnveloppe } from '../names/file-names';
import type { ActesSchema } from '../xml/actes-schema';
import { writeLatin1 } from '../xml/write-latin1';
import type { XmlElement } from '../xml/xml-tree';
import {
  buildAnomalieActe,
  buildAnomalieEnveloppe,
  buildARActe,
  buildEnveloppeMISILLCL,
  nameService,
} from './answer-messages';
import type { Guichet } from './answer-messages';
import { packTarGz } from './pack-tar-gz';

/** Un retour composé, avant qu'il reçoive son identifiant et son heure. */
export interface RetourCompose extends Pick<
  RetourEmis,
  'nom' | 'contenu' | 'flux' | 'identifiantActe' | 'compteurMessage' | 'enveloppe'
> {
  readonly octets: Buffer;
  /** Le formulaire auquel il répond ; rien pour une archive rejetée en bloc. */
  readonly formulaire: string | undefined;
}

/** Les compteurs, au moment où l'on commence à répondre. */
export interface Compteurs {
  readonly prochainMessage: number;
  prochaineEnveloppe(service: string, jour: CivilDate): number;
}

/** Écrit un document et le relit avec le schéma du simulateur : une réponse invalide est un défaut à nous. */
function emit(racine: XmlElement, schema: ActesSchema): Buffer {
  const octets = writeLatin1(racine);
  const relu = schema.read(octets);
  if (relu.kind === 'read' && relu.fautes.length === 0) return octets;
  const faute = relu.kind === 'read' ? (relu.fautes[0]?.message ?? '') : relu.detail;
  throw new Error(`Le simulateur allait émettre un ${racine.nom} invalide : ${faute}`);
}

/** Compose toutes les réponses d'un jugement, dans l'ordre des actes ; deux fois la même pour le scénario « double ». */
export async function composeRetours(
  dossier: Dossier,
  jugement: Jugement,
  guichet: Guichet,
  compteurs: Compteurs,
  schema: ActesSchema,
): Promise<readonly RetourCompose[]> {
  if (jugement.anomalieEnveloppe) {
    const octets = emit(buildAnomalieEnveloppe(dossier, jugement.anomalieEnveloppe, guichet.jour), schema);
    const nom = nameAnomalieEnveloppe(dossier.nomArchive);
    return [
      {
        nom,
        contenu: 'application/xml',
        flux: 'ANO',
        identifiantActe: null,
        compteurMessage: null,
        enveloppe: null,
        octets,
        formulaire: undefined,
      },
    ];
  }
  const reponses = jugement.actes.flatMap((acte) => answersTo(acte, dossier, guichet));
  const service = nameService(dossier.emetteur);
  const premiere = compteurs.prochaineEnveloppe(service, guichet.jour);
  return Promise.all(
    reponses.map(async ({ acte, message, debutNom, flux }, rang) => {
      const compteurMessage = compteurs.prochainMessage + rang;
      const numero = premiere + rang;
      const nomMessage = `${debutNom}_${compteurMessage}.xml`;
      const quadrigramme = dossier.nomLu?.quadrigramme ?? '';
      const base = `${quadrigramme}--${service}-${dossier.emetteur.siren}-${compactDay(guichet.jour)}-${numero}`;
      const octets = await packTarGz([
        { nom: `${base}.xml`, octets: emit(buildEnveloppeMISILLCL(dossier.emetteur, nomMessage), schema) },
        { nom: nomMessage, octets: emit(message, schema) },
      ]);
      return {
        nom: `${base}.tar.gz`,
        contenu: 'application/gzip' as const,
        flux,
        identifiantActe: acte.identifiantActe,
        compteurMessage,
        enveloppe: { service, jour: guichet.jour, numero },
        octets,
        formulaire: acte.formulaire,
      };
    }),
  );
}

interface Reponse {
  readonly acte: ActeJuge;
  readonly message: XmlElement;
  /** Le nom du message, avant son compteur. */
  readonly debutNom: string;
  readonly flux: string;
}

function answersTo(acte: ActeJuge, dossier: Dossier, guichet: Guichet): readonly Reponse[] {
  const formulaire = dossier.formulaires.find(({ nom }) => nom === acte.formulaire);
  if (!formulaire || acte.verdict === 'silence') return [];
  const reponse = answerTo(acte, formulaire, dossier, guichet);
  return acte.scenario === 'double' ? [reponse, reponse] : [reponse];
}

function answerTo(acte: ActeJuge, formulaire: FormulaireRecu, dossier: Dossier, guichet: Guichet): Reponse {
  const { departement, siren } = dossier.emetteur;
  if (acte.anomalie) {
    const message = buildAnomalieActe(formulaire, acte.anomalie, guichet);
    // Comme les anomalies réelles, ni date, ni numéro, ni nature dans le nom.
    return { acte, message, debutNom: `${departement}-${siren}----1-3`, flux: '1-3' };
  }
  if (!formulaire.acte || acte.identifiantActe === null) throw new Error('Un acte accepté a un identifiant.');
  const message = buildARActe(formulaire.acte.racine, acte.identifiantActe, guichet);
  return { acte, message, debutNom: `${acte.identifiantActe}-1-2`, flux: '1-2' };
}
