import { readArchive } from '../archive/read-archive';
import type { ArchiveEntries } from '../archive/read-archive';
import { numeroInterneOf, openDossier } from '../dossier/dossier';
import type { Ledger } from '../ledger/ledger';
import { readNomArchive } from '../names/file-names';
import { resolveConsignes } from '../instruction/resolve-consignes';
import type { FormulaireVise } from '../instruction/resolve-consignes';
import type { ActesSchema } from '../xml/actes-schema';
import type { DecideConsignes } from './reception';

/**
 * Prépare la décision du dépôt. Une consigne peut viser un numéro interne, un identifiant ou un SIREN : il faut alors lire le message
 * dans l'archive ; on s'arrête dès qu'il est lu, sans parcourir les documents qui le suivent.
 */
export function consignesDecider(ledger: Ledger, schema: ActesSchema, graine: number): DecideConsignes {
  return async (nom, chemin) => {
    const { registre } = ledger;
    const mayTargetActes = [...registre.scenarios.keys()].some((cle) => !readNomArchive(cle));
    const vises = mayTargetActes ? await peekFormulaires(nom, chemin, schema) : [];
    return resolveConsignes(registre, graine, nom, vises);
  };
}

async function peekFormulaires(
  nom: string,
  chemin: string,
  schema: ActesSchema,
): Promise<readonly FormulaireVise[]> {
  const isEnough = (entries: ArchiveEntries): boolean => {
    const { formulaires } = openDossier(nom, entries, schema);
    return formulaires.length > 0 && formulaires.every((formulaire) => entries.has(formulaire.nom));
  };
  const lue = await readArchive(chemin, isEnough);
  if (!lue.ok) return [];
  const { emetteur, formulaires } = openDossier(nom, lue.value, schema);
  return formulaires.map((formulaire) => ({
    formulaire: formulaire.nom,
    flux: formulaire.flux,
    // Une demande de classification ne cite aucun acte : c'est son émetteur qui la désigne.
    cles:
      formulaire.flux === '7-1'
        ? [emetteur.siren]
        : [formulaire.identifiantActe ?? '', numeroInterneOf(formulaire)],
  }));
}
