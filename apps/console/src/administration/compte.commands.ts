import type { Instant } from '@teletransmission/kernel';
import { civilDateAt, clockTimeAt, EUROPE_PARIS, frenchDate } from '@teletransmission/kernel';
import type { CompteId, CompteView, JetonView } from '@teletransmission/teletransmission';
import { problems, ROLES } from '@teletransmission/teletransmission';
import { CommandFailure, misused, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { withConsole } from '../wiring/console.wiring';

/** Un moment pour qui administre : la machine est à l'heure de Paris. */
const momentOf = (instant: Instant): string =>
  `${frenchDate(civilDateAt(instant, EUROPE_PARIS))} à ${clockTimeAt(instant, EUROPE_PARIS)}`;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_OVERLAP_HOURS = 24;

/** Un nombre entier d'une option, entre ces bornes. */
function countOf(option: string, text: string, [min, max]: readonly [number, number]): number {
  const count = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(count >= min && count <= max))
    throw misused(`${option} attend un nombre entier, de ${min} à ${max}.`);
  return count;
}

const validityOf = (jours: string | undefined): number | null =>
  jours === undefined ? null : countOf('--jours', jours, [1, 3_650]) * DAY_MS;

function compteIdOf(id: string): CompteId {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw misused(`« ${id} » n'est pas l'identité d'un compte.`);
  return id as CompteId;
}

export interface OpenCompteOptions {
  readonly nom: string;
  readonly role: string;
  readonly siren?: string;
  readonly jours?: string;
}

/** `compte ouvrir` : ouvre un compte et montre son jeton, une fois. */
export async function openCompte({ nom, role, siren, jours }: OpenCompteOptions): Promise<Printable> {
  const known = ROLES.find((candidate) => candidate === role);
  if (!known) throw misused(`Rôle inconnu : « ${role} ». Rôles : ${ROLES.join(', ')}.`);
  const validityMs = validityOf(jours);
  const opened = await withConsole(({ openCompte: open }) =>
    open.execute({ nom, role: known, siren: siren ?? null, validityMs }),
  );
  const { compte, jeton } = refused(opened);
  return {
    json: { compte, jeton },
    lines: [
      `Compte ${compte.id} (${compte.nom}, ${compte.role}).`,
      `Jeton, montré une seule fois : ${jeton}`,
    ],
  };
}

/** `compte renouveler ID` : un jeton neuf, montré une fois ; les anciens valent encore le temps de le mettre en place. */
export async function renewJeton(
  id: string,
  options: { readonly jours?: string; readonly recouvrement?: string },
): Promise<Printable> {
  const compteId = compteIdOf(id);
  const validityMs = validityOf(options.jours);
  const hours = options.recouvrement ?? String(DEFAULT_OVERLAP_HOURS);
  const overlapMs = countOf('--recouvrement', hours, [0, 2_160]) * HOUR_MS;
  const renewed = await withConsole(({ renewJeton: renew }) =>
    renew.execute({ compteId, overlapMs, validityMs }),
  );
  const { jeton, expireLe, finDesAutres } = refused(renewed);
  return {
    json: { id, jeton, expireLe, finDesAutres },
    lines: [
      `Jeton, montré une seule fois : ${jeton}`,
      expireLe === null
        ? 'Il vaut jusqu’à ce qu’on le renouvelle ou le révoque.'
        : `Il vaut jusqu’au ${momentOf(expireLe)}.`,
      overlapMs === 0
        ? 'Les anciens ne valent plus, ni les sessions qu’ils ont ouvertes.'
        : `Les anciens valent jusqu’au ${momentOf(finDesAutres)}, et leurs sessions avec eux.`,
    ],
  };
}

/** `compte revoquer ID` : éteint un compte, ses jetons et ses sessions. */
export async function revokeCompte(id: string): Promise<Printable> {
  const compteId = compteIdOf(id);
  const revoked = await withConsole(({ comptes, clock }) => comptes.revoke(compteId, clock.now()));
  if (!revoked) throw new CommandFailure(problems.unknownCompte(id));
  return { json: { id, revoque: true }, lines: [`Le compte ${id} est révoqué.`] };
}

/** `compte lister` : les comptes, et de chaque jeton sa naissance, sa fin et son dernier usage ; aucun jeton n'y est. */
export async function listComptes(): Promise<Printable> {
  const comptes = await withConsole(({ comptes: repository }) => repository.list());
  return { json: { comptes }, lines: comptes.flatMap(compteLines) };
}

function compteLines(compte: CompteView): readonly string[] {
  const revoque = compte.revoqueLe === null ? '' : `  révoqué le ${momentOf(compte.revoqueLe)}`;
  return [
    `${compte.id}  ${compte.role.padEnd(14)}  ${compte.collectiviteId ?? 'plateforme'}  ${compte.nom}${revoque}`,
    ...(compte.revoqueLe === null ? compte.jetons.map(jetonLine) : []),
  ];
}

function jetonLine({ reference, creeLe, expireLe, employeLe }: JetonView): string {
  const fin = expireLe === null ? 'sans fin' : `jusqu’au ${momentOf(expireLe)}`;
  const usage = employeLe === null ? 'jamais employé' : `employé le ${momentOf(employeLe)}`;
  return `    jeton ${reference}…  né le ${momentOf(creeLe)}, ${fin}, ${usage}`;
}
