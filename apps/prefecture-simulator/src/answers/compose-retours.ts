import type { CivilDate } from '@teletransmission/kernel';
import type { Anomalie } from '../dossier/anomalie';
import type { Dossier } from '../dossier/dossier';
import type { Jugement } from '../judgement/judge-dossier';
import { nameAnomalieEnveloppe } from '../names/file-names';
import type { Consigne, ConsignesArchive } from '../scenarios/scenario';
import type { ActesSchema } from '../xml/actes-schema';
import { buildAnomalieEnveloppe, nameService } from './answer-messages';
import type { Guichet } from './answer-messages';
import { answersTo } from './answers-to';
import { emit } from './emit';
import { packEnvoi } from './pack-envoi';
import type { Envoi, Numeros, RetourCompose } from './pack-envoi';

/** Les compteurs, au moment où l'on commence à répondre. */
export interface Compteurs {
  readonly prochainMessage: number;
  prochaineEnveloppe(service: string, jour: CivilDate): number;
}

/** La consigne que suit une archive rejetée en bloc : celle qui l'a voulu, sinon la première qui vise un de ses messages. */
export function consigneOfBloc({ archive, actes }: ConsignesArchive): Consigne {
  const visees = Object.values(actes);
  return visees.find(({ scenario }) => scenario === 'anomalie-enveloppe') ?? visees[0] ?? archive;
}

function composeAnomalie(
  dossier: Dossier,
  anomalie: Anomalie,
  guichet: Guichet,
  consigne: Consigne,
  schema: ActesSchema,
): RetourCompose {
  const { alterations = [] } = consigne;
  return {
    nom: nameAnomalieEnveloppe(dossier.nomArchive),
    contenu: 'application/xml',
    flux: 'ANO',
    identifiantActe: null,
    compteurMessage: null,
    enveloppe: null,
    ...(alterations.length > 0 ? { alterations } : {}),
    octets: emit(buildAnomalieEnveloppe(dossier, anomalie, guichet.jour), schema, alterations),
    formulaire: undefined,
  };
}

/** Distribue les numéros d'une archive : une suite pour les messages, une par service pour les enveloppes. */
function numbering(compteurs: Compteurs, jour: CivilDate): (envoi: Envoi) => Numeros {
  const enveloppes = new Map<string, number>();
  let compteur = compteurs.prochainMessage;
  return ({ destinataire, documents }) => {
    const service = nameService(destinataire);
    const enveloppe = enveloppes.get(service) ?? compteurs.prochaineEnveloppe(service, jour);
    enveloppes.set(service, enveloppe + 1);
    const numeros = { compteur, enveloppe, jour };
    compteur += 1 + documents.length;
    return numeros;
  };
}

/** Compose toutes les réponses d'un jugement, dans l'ordre des formulaires ; deux fois la même pour le scénario « double ». */
export async function composeRetours(
  dossier: Dossier,
  jugement: Jugement,
  consignes: ConsignesArchive,
  guichet: Guichet,
  compteurs: Compteurs,
  schema: ActesSchema,
): Promise<readonly RetourCompose[]> {
  if (jugement.anomalieEnveloppe) {
    const consigne = consigneOfBloc(consignes);
    return [composeAnomalie(dossier, jugement.anomalieEnveloppe, guichet, consigne, schema)];
  }
  const next = numbering(compteurs, guichet.jour);
  const retours: RetourCompose[] = [];
  for (const juge of jugement.actes) {
    const consigne = consignes.actes[juge.formulaire] ?? consignes.archive;
    for (const reponse of answersTo(juge, dossier, consigne, guichet)) {
      retours.push(
        reponse.kind === 'envoi'
          ? await packEnvoi(reponse.envoi, next(reponse.envoi), schema)
          : {
              ...composeAnomalie(dossier, reponse.anomalie, guichet, consigne, schema),
              formulaire: reponse.formulaire,
            },
      );
    }
  }
  return retours;
}
