import type { Instant } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';
import type { LiaisonView } from '@teletransmission/teletransmission';
import { misused, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { readJsonFile } from '../output/read-json-file';
import { withConsole } from '../wiring/console.wiring';
import { jetonOf } from '../wiring/instance';

/** `liaison inscrire FICHIER` : inscrit une liaison, ou change ce qu'elle est. */
export async function registerLiaison(file: string): Promise<Printable> {
  const description = await readJsonFile(file);
  const { liaison, aChange } = await withConsole(async ({ registerLiaison: register }) =>
    refused(await register.execute(description)),
  );
  return {
    json: liaison,
    lines: [
      aChange
        ? `La liaison « ${liaison.id} » est inscrite.`
        : `La liaison « ${liaison.id} » était déjà ainsi.`,
    ],
  };
}

/** `liaison lister` : les liaisons, ce qui y est relié et ce qui y court. */
export async function listLiaisons(options: { readonly jeton?: string }): Promise<Printable> {
  const jeton = await jetonOf(options.jeton, 'administrateur');
  const liaisons = await withConsole(async (parts) =>
    refused(await parts.bindCollectivite.list(await parts.compteOf(jeton))),
  );
  return { json: { liaisons }, lines: liaisons.map(lineOf) };
}

function lineOf({ liaison, collectivites, transmissionsOuvertes }: LiaisonView): string {
  const { id, nom, traits, etat, parDefaut } = liaison;
  return [
    id,
    nom,
    traits.prend === 'archive' ? 'prend l’archive' : 'prend des pièces',
    traits.releve === 'boite' ? 'boîte' : 'par transaction',
    ...(traits.prouveAbsence ? [] : ['ne prouve pas une absence']),
    `${collectivites} ${collectivites > 1 ? 'collectivités' : 'collectivité'}`,
    `${transmissionsOuvertes} en cours`,
    ...(etat === 'fermee' ? ['fermée'] : []),
    ...(parDefaut ? ['par défaut'] : []),
  ].join('  ');
}

/** Les options de `collectivite relier`. */
export interface BindOptions {
  readonly jeton?: string;
  readonly motif: string;
  readonly depuis?: string;
}

/** Un jour sans heure serait celui d'un fuseau qu'on ne dit pas : on demande l'instant et son décalage. */
function depuisOf(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(Date.parse(text)))
    throw misused('--depuis est un instant avec son décalage, par exemple 2027-01-01T00:00:00+01:00.');
  return instantOf(Date.parse(text));
}

/** `collectivite relier SIREN LIAISON` : ses actes pas encore scellés partiront par elle. Au nom du compte dont c'est le jeton. */
export async function bindCollectivite(
  siren: string,
  liaison: string,
  options: BindOptions,
): Promise<Printable> {
  const depuis = depuisOf(options.depuis);
  const jeton = await jetonOf(options.jeton, 'administrateur');
  const bound = await withConsole(async (parts) => {
    const compte = await parts.compteOf(jeton);
    return refused(
      await parts.bindCollectivite.execute({ compte, siren, liaison, depuis, motif: options.motif }),
    );
  });
  return {
    json: bound,
    lines: [
      `${siren} est reliée à « ${bound.liaisonId} »${bound.depuis === null ? '' : ` à partir du ${bound.depuis}`}.`,
      'Ce qui est déjà sous enveloppe part par où il a été scellé.',
    ],
  };
}
