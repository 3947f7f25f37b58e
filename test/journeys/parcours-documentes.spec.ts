import { HISTORY_LABELS, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProjectRoot } from '../../apps/local/src/project-root';
import { lateAnswers } from './accuses-en-retard.journey';
import { heavyAnnexe } from './annexe-de-150-mo.journey';
import { humanDecisions } from './decisions.journey';
import { ordinaryLives } from './deliberation-de-reference.journey';
import { exchanges } from './echanges.journey';
import { outages } from './pannes.journey';
import { lostAnswers } from './reponses-perdues.journey';
import { signedPieces } from './signatures.journey';
import { renderJourneys } from './runner/render-journeys';

const BOOKS = [
  ordinaryLives,
  lostAnswers,
  lateAnswers,
  humanDecisions,
  exchanges,
  signedPieces,
  outages,
  heavyAnnexe,
];
const PAGE = path.join(findProjectRoot(), 'docs', 'parcours.md');

describe('les parcours', () => {
  const journeys = BOOKS.flatMap((book) => book.journeys);

  it('sont tous dans la documentation, telle qu’ils se jouent (METTRE_A_JOUR=1 la récrit)', () => {
    const rendered = renderJourneys(BOOKS);
    if (process.env['METTRE_A_JOUR'] === '1') writeFileSync(PAGE, rendered);
    expect(readFileSync(PAGE, 'utf8')).toBe(rendered);
  });

  it('sont réunis ici, aucun fichier oublié', () => {
    const files = readdirSync(__dirname).filter((name) => name.endsWith('.journey.ts'));
    expect(files).toHaveLength(BOOKS.length);
  });

  it('ont chacun leur titre et leur acte', () => {
    expect(new Set(journeys.map(({ title }) => title)).size).toBe(journeys.length);
    expect(new Set(journeys.map(({ numeroInterne }) => numeroInterne)).size).toBe(journeys.length);
  });

  it('ne parlent que d’événements et d’états que le domaine connaît', () => {
    const happenings = journeys.flatMap(({ steps }) => steps.flatMap(({ then = [] }) => then));
    const states: readonly string[] = [...TRANSMISSION_STATES, 'published'];
    expect(
      happenings.filter(({ evenement, etat }) => !(evenement in HISTORY_LABELS) || !states.includes(etat)),
    ).toEqual([]);
  });
});
