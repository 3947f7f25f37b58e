import { readArchive } from '../archive/read-archive';
import type { ArchiveEntries } from '../archive/read-archive';
import { openDossier } from '../judgement/dossier';
import type { Ledger } from '../ledger/ledger';
import { readNomArchive } from '../names/file-names';
import { resolveConsignes } from '../scenarios/resolve-consignes';
import type { ActeVise } from '../scenarios/resolve-consignes';
import type { ActesSchema } from '../xml/actes-schema';
import type { DecideConsignes } from './reception';

/**
 * Prépare la décision du dépôt. Une consigne peut viser un numéro interne ou un identifiant : il faut alors lire le message
 * dans l'archive ; on s'arrête dès qu'il est lu, sans parcourir les documents qui le suivent.
 */
export function consignesDecider(ledger: Ledger, schema: ActesSchema, graine: number): DecideConsignes {
  return async (nom, chemin) => {
    const { registre } = ledger;
    const mayTargetActes = [...registre.scenarios.keys()].some((cle) => !readNomArchive(cle));
    const actes = mayTargetActes ? await peekActes(nom, chemin, schema) : [];
    return resolveConsignes(registre, graine, nom, actes);
  };
}

async function peekActes(nom: string, chemin: string, schema: ActesSchema): Promise<readonly ActeVise[]> {
  const isEnough = (entries: ArchiveEntries): boolean => {
    const { formulaires } = openDossier(nom, entries, schema);
    return formulaires.length > 0 && formulaires.every((formulaire) => entries.has(formulaire.nom));
  };
  const lue = await readArchive(chemin, isEnough);
  if (!lue.ok) return [];
  return openDossier(nom, lue.value, schema).formulaires.map((formulaire) => ({
    formulaire: formulaire.nom,
    numeroInterne: formulaire.acte?.numeroInterne ?? '',
    identifiantActe: formulaire.identifiantActe,
  }));
}
