import { travailHref } from './board';

describe('travailHref', () => {
  it.each([
    ['submit-enveloppe', { version: 1, transmissionId: 't1' }, '/travaux/submit-enveloppe/t1'],
    ['apply-retour', { version: 1, retourId: 'r1', traceId: 'x' }, '/travaux/apply-retour/r1'],
    ['track-publication', { version: 1, deliberationId: 'd1' }, '/travaux/track-publication/d1'],
    ['submit-enveloppe', { transmissionId: '../x?y' }, '/travaux/submit-enveloppe/..%2Fx%3Fy'],
    ['sweep-deadlines', { version: 1 }, null],
    ['seal-enveloppe', { transmissionId: 12 }, null],
    ['seal-enveloppe', null, null],
    ['seal-enveloppe', 'texte', null],
  ])('d’un travail de %s de charge %j mène à %s', (queue, payload, expected) => {
    expect(travailHref(queue, payload)).toBe(expected);
  });
});
