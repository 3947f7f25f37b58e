import type { Correspondance } from '@teletransmission/teletransmission';
import { aCompte } from '../builders/a-compte';
import { aStoredFile } from '../builders/a-dossier';
import { aLettre, anAccuse } from '../builders/a-retour';
import { aPdf } from '../documents/a-pdf';
import { NOM_RETOUR } from './retour-scenes';
import { InMemoryService } from '../in-memory/in-memory-service';

/** Un acte acquitté, celui de référence. */
export async function acknowledgedService(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  await service.receive('ar', NOM_RETOUR, await anAccuse());
  return service;
}

/** Un acte acquitté, et une lettre de la préfecture à son sujet. */
export async function serviceWithLettre(flux: '2-1' | '3-1' | '4-1' | '5-1'): Promise<InMemoryService> {
  const service = await acknowledgedService();
  await service.receive('lettre', NOM_RETOUR, await aLettre(flux));
  return service;
}

/** La première lettre reçue. */
export function lettreOf(service: InMemoryService): Correspondance {
  const [lettre] = service.ledger.correspondances.values();
  if (!lettre) throw new Error('aucune lettre');
  return lettre;
}

/** Le flux et l'état de chaque transmission, dans l'ordre de leur naissance. */
export function fluxStates(service: InMemoryService): readonly string[] {
  return [...service.ledger.transmissions.values()].map(({ flux, state }) => `${flux} ${state}`);
}

/** Répond à la première lettre par des documents de ces noms. */
export function answerLettre(
  service: InMemoryService,
  flux: string,
  noms: readonly string[] = ['reponse.pdf'],
): ReturnType<InMemoryService['answer']['execute']> {
  const fichiers = noms.map((nom) => ({ ...aStoredFile(nom), ...service.documents.keep(aPdf(nom)) }));
  const documents = noms.map((fichier) => ({ fichier, typePiece: '99_DE' }));
  const correspondanceId = lettreOf(service).id;
  return service.answer.execute({
    compte: aCompte(),
    correspondanceId,
    dossier: { flux, documents },
    fichiers,
  });
}
