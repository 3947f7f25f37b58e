import type { HammerRequest } from './command-line';
import type { Outcome } from './hammer';
import type { Verdict } from './verdict';

const SHOWN = 10;

/** Vrai quand rien n'est démenti. */
export function isClean({ invariants }: Verdict): boolean {
  return invariants.every(({ faults }) => faults.length === 0);
}

/** Le compte rendu pour une personne ; sa dernière ligne est le verdict. */
export function reportText(request: HammerRequest, outcome: Outcome): string {
  const { verdict, tries, replays, representations, depositS, settleS, restarts, faults } = outcome;
  const width = Math.max(...verdict.invariants.map(({ title }) => title.length));
  const rows = verdict.invariants.flatMap(({ title, count, faults: found }) => [
    `${found.length === 0 ? 'vrai' : 'FAUX'}  ${title.padEnd(width)}  ${String(count).padStart(6)} vus${found.length > 0 ? `, ${found.length} faute(s)` : ''}`,
    ...found.slice(0, SHOWN).map((fault) => `        ${fault}`),
    ...(found.length > SHOWN ? [`        … et ${found.length - SHOWN} autre(s)`] : []),
  ]);
  const named = (entries: Readonly<Record<string, number>>): string =>
    Object.entries(entries)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  return [
    '',
    ...rows,
    '',
    `${request.actes} actes, ${faults} pannes : dépôt ${Math.round(depositS)} s, retour au calme ${Math.round(settleS)} s.`,
    `Demandes du déposant : ${tries} (dont ${replays} acte(s) répondu(s) par la mémoire de leur clé). Archives présentées de nouveau et reconnues : ${representations}.`,
    `Relancements : ${named(restarts)}. États : ${named(verdict.states)}.`,
    '',
    ...replayText(request, verdict),
    `perdus: ${verdict.lost.size} · doublés: ${verdict.doubled.size}`,
  ].join('\n');
}

function replayText({ actes, pannes, graine }: HammerRequest, verdict: Verdict): readonly string[] {
  if (isClean(verdict)) return [];
  const named = [...verdict.lost, ...verdict.doubled].map(([, fault]) => `  ${fault}`);
  return [
    ...named,
    `Pour rejouer : npm run test:faults -- --actes ${actes} --pannes ${pannes} --graine ${graine} --garder`,
  ];
}

/** Le même, pour une machine : une ligne de JSON. */
export function reportJson(request: HammerRequest, outcome: Outcome): string {
  const { verdict, ...figures } = outcome;
  return JSON.stringify({
    graine: request.graine,
    actes: request.actes,
    pannes: figures.faults,
    perdus: [...verdict.lost.values()],
    doubles: [...verdict.doubled.values()],
    invariants: verdict.invariants,
    etats: verdict.states,
    demandes: figures.tries,
    rejouees: figures.replays,
    archivesRepresentees: figures.representations,
    depotS: figures.depositS,
    calmeS: figures.settleS,
    relancements: figures.restarts,
  });
}
