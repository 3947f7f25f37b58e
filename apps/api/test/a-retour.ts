import { SystemClock, UuidSource } from '@teletransmission/observability';
import { FileDocumentStore, PgRetourRepository } from '@teletransmission/persistence';
import type { Retour, RetourId } from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';
import type { RunningApi } from './running-api';

/** Un retour du bac que rien ne rattache, octets compris. */
export async function aRetour(
  api: RunningApi,
  octets = `<html>${new UuidSource().next()}</html>`,
): Promise<string> {
  const repository = new PgRetourRepository(api.dataSource, { current: () => null });
  const stored = await new FileDocumentStore(api.dossier).put(Readable.from([Buffer.from(octets)]));
  const id = new UuidSource().next() as RetourId;
  const recuLe = new SystemClock().now();
  const retour: Retour = {
    id,
    source: 'directe',
    sourceId: `source-${id}`,
    nom: 'accusé "étrange".html',
    ...stored,
    recuLe,
    state: 'received',
    lecture: 1,
    rattacheA: null,
    remarques: [{ regle: 'xml/valeur-invalide', detail: 'Un numéro à tirets.', ligne: 3 }],
  };
  const entry = {
    collectiviteId: null,
    deliberationId: null,
    sujet: 'retour',
    sujetId: id,
    evenement: 'retour-received',
    etatAvant: null,
    etatApres: 'received',
    instant: recuLe,
    acteur: { kind: 'prefecture' },
    motif: null,
    preuve: {},
  } as const;
  await repository.receive(retour, entry, { job: 'apply-retour', targetId: id, turn: 1, notBefore: null });
  await repository.settle({
    retour,
    to: 'unmatched',
    flux: '1-2',
    collectiviteId: null,
    transmissionId: null,
    code: 'retour/act-unknown',
    detail: 'Rattachez-le à la main.',
    audit: { ...entry, evenement: 'retour-unmatched', etatAvant: 'received', etatApres: 'unmatched' },
  });
  return id;
}
