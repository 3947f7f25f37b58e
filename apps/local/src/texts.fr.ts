import type { CivilDate } from '@teletransmission/kernel';
import { frenchDate } from '@teletransmission/kernel';
import type { DeliberationView } from './reference/api-client';
import type { InstanceFolder } from './instance/instance-folder';
import type { Addresses } from './instance/instance-plan';
import type { Jetons } from './applications/preparation';

/** L'aide de la commande. */
export const HELP_TEXT = `télétransmission, d'une seule commande

  npm start                       lance tout, dépose la délibération de référence, et reste à l'écoute
  npm run demo                    de même, puis s'arrête quand elle est exécutoire (code 0)

Options, après « -- » :
  --data DOSSIER                  où tenir les données (par défaut : .donnees)
  --fresh                         efface d'abord ce dossier
  --port-base N                   API sur N, bureau N+1, travailleur N+2, simulateur N+3 (par défaut : 3000)
  --demo                          s'arrêter quand la délibération est exécutoire ; dernière ligne : un objet JSON

Environnement :
  DATABASE_URL, REDIS_URL         se servir de ceux-là plutôt que d'en lancer
  QUEUE_BACKEND=postgres          tenir les files dans PostgreSQL, sans Redis
  TELETRANSMISSION_SANS_TELECHARGEMENT=1   ne rien prendre sur le réseau
  DEMARRAGE_ATTENTE_MS            attendre au plus un processus qui vit mais n'est pas prêt (par défaut : 300000, cinq minutes)
  DEMARRAGE_NOUVELLES_MS          dire ce que l'on attend, tous les tant (par défaut : 15000)
`;

/** Ce qu'il faut dire quand Redis manque, et comment en avoir un. */
export function redisMissingText(attempts: readonly string[]): string {
  return [
    `Redis est introuvable. Tenté : REDIS_URL (absente), ${attempts.join(', ')}.`,
    'Les files seront tenues dans PostgreSQL (QUEUE_BACKEND=postgres) : plus lent, suffisant pour essayer, refusé en production.',
    'Pour avoir Redis : sudo apt-get install -y redis-server · brew install redis · REDIS_URL=redis://hôte:6379 npm start',
  ].join('\n');
}

/** @param date le jour, AAAA-MM-JJ, tel que l'API le donne. */
function dayText(date: string | null): string {
  return date === null ? '–' : frenchDate(date as CivilDate);
}

/** Les quatre dates d'une vie achevée, et son identifiant. */
export function lifeSummary(deliberation: DeliberationView, archive: string, isReplayed: boolean): string {
  const { transmission, publication } = deliberation;
  return [
    '',
    `Délibération ${deliberation.identifiantActe}${isReplayed ? ' (déjà déposée : rien de nouveau)' : ''}`,
    `  transmise le          ${dayText(transmission.dateTeletransmission)}`,
    `  reçue le              ${dayText(transmission.dateReception)}`,
    `  publiée le            ${dayText(publication.datePublication)}${publication.adresse ? `, à l'adresse ${publication.adresse}` : ''}`,
    `  exécutoire le         ${dayText(deliberation.dateExecutoire)}`,
    `  archive transmise     ${archive}`,
  ].join('\n');
}

/** Où aller, avec quels jetons, où sont les données, comment arrêter. */
export function instanceSummary(
  addresses: Addresses,
  jetons: Jetons & { readonly prefecture: string },
  folder: InstanceFolder,
): string {
  return [
    '',
    "L'instance tourne.",
    `  API                   ${addresses.api}   (description : ${addresses.api}/openapi.json)`,
    `  Bureau                ${addresses.admin}`,
    `  Files d'attente       ${addresses.admin}/files`,
    `  Préfecture simulée    ${addresses.prefecture}`,
    '  Jetons de la séance',
    `    déposant            ${jetons.deposant}`,
    `    opérateur           ${jetons.operateur}`,
    `    auditeur            ${jetons.auditeur}`,
    `    administrateur      ${jetons.administrateur}`,
    `    préfecture simulée  ${jetons.prefecture}`,
    `  Données               ${folder.root}   (journaux : ${folder.journals})`,
    '  Pour arrêter          Ctrl-C',
  ].join('\n');
}
