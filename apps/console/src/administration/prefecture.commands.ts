import type { PrefectureView } from '@teletransmission/teletransmission';
import { guichetLabel } from '@teletransmission/teletransmission';
import { misused, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { readJsonFile } from '../output/read-json-file';
import { withConsole } from '../wiring/console.wiring';
import { jetonOf } from '../wiring/instance';

/** Les options de `prefecture regler` : absente, un réglage reste. */
export interface RegulateOptions {
  readonly jeton?: string;
  readonly motif: string;
  readonly liaison?: string;
  readonly fuseau?: string;
  readonly actesParHeure?: string;
  readonly octetsParHeure?: string;
  readonly fenetres?: string;
  readonly interruption?: readonly string[];
  readonly leverInterruptions?: true;
}

/** `aucun` ôte la limite ; un texte qui n'est pas un nombre est laissé à la règle, qui dira la faute. */
function limitOf(text: string | undefined): number | string | null | undefined {
  if (text === undefined || text === 'aucun') return text === undefined ? undefined : null;
  return /^\d+$/.test(text) ? Number(text) : text;
}

function boundsOf(bounds: readonly string[] | undefined): object | undefined {
  if (bounds === undefined) return undefined;
  const [du, au, ...rest] = bounds;
  if (au === undefined || rest.length > 0)
    throw misused('--interruption demande deux dates : son début et sa fin, à l’heure de la préfecture.');
  return { du, au };
}

/** `prefecture regler DEPARTEMENT` : budget de l'heure, fenêtres, arrêts annoncés. Au nom du compte dont c'est le jeton. */
export async function regulatePrefecture(departement: string, options: RegulateOptions): Promise<Printable> {
  const given = {
    fuseau: options.fuseau,
    actesParHeure: limitOf(options.actesParHeure),
    octetsParHeure: limitOf(options.octetsParHeure),
    fenetres: options.fenetres === undefined ? undefined : await readJsonFile(options.fenetres),
    interruption: boundsOf(options.interruption),
    leverInterruptions: options.leverInterruptions,
  };
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const jeton = await jetonOf(options.jeton, 'administrateur');
  const prefecture = await withConsole(async (parts) => {
    const compte = await parts.compteOf(jeton);
    return refused(
      await parts.regulate.regulate(
        { compte, departement, ...guichetOf(options), motif: options.motif },
        changes,
      ),
    );
  });
  return { json: prefecture, lines: [`La préfecture ${departement} est réglée.`] };
}

function guichetOf({ liaison }: RegulateOptions): { readonly liaison?: string } {
  return liaison === undefined ? {} : { liaison };
}

/** `prefecture lister` : réglages, liaison, budget de l'heure et actes en attente, par département. */
export async function listPrefectures(options: { readonly jeton?: string }): Promise<Printable> {
  const jeton = await jetonOf(options.jeton, 'administrateur');
  const prefectures = await withConsole(async (parts) =>
    refused(await parts.regulate.list(await parts.compteOf(jeton))),
  );
  return { json: { prefectures }, lines: prefectures.map(lineOf) };
}

function lineOf(view: PrefectureView): string {
  const { prefecture, circuit, actesDepuisUneHeure, octetsDepuisUneHeure, attentes } = view;
  const waiting = attentes.reduce((sum, { nombre }) => sum + nombre, 0);
  const link = prefecture.pause
    ? `suspendue (${prefecture.pause.motif})`
    : circuit.state === 'closed'
      ? 'en service'
      : `coupée, prochain essai ${circuit.probeAt ?? 'inconnu'}`;
  return [
    guichetLabel(prefecture),
    `${actesDepuisUneHeure}/${prefecture.actesParHeure ?? 'sans limite'} actes`,
    `${octetsDepuisUneHeure}/${prefecture.octetsParHeure ?? 'sans limite'} octets`,
    `${waiting} en attente`,
    link,
  ].join('  ');
}
