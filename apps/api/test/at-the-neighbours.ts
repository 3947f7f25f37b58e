import { SystemClock, UuidSource } from '@teletransmission/observability';
import { FileDocumentStore, PgRetourRepository } from '@teletransmission/persistence';
import type { Collectivite, Retour, RetourId } from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';
import type { RunningApi } from './running-api';

/** Range des octets comme un retour non rattaché, que seule sa collectivité voit ; `null` : la plateforme. */
export async function keepRetour(
  api: RunningApi,
  collectivite: Collectivite | null,
  octets: Uint8Array = Buffer.from(new UuidSource().next()),
): Promise<string> {
  const repository = new PgRetourRepository(api.dataSource, { current: () => null });
  const stored = await new FileDocumentStore(api.dossier).put(Readable.from([octets], { objectMode: false }));
  const id = new UuidSource().next() as RetourId;
  const recuLe = new SystemClock().now();
  const retour: Retour = {
    id,
    source: 'directe',
    sourceId: `source-${id}`,
    nom: `retour-${id}.tar.gz`,
    ...stored,
    recuLe,
    state: 'received',
    lecture: 1,
    rattacheA: null,
    remarques: [],
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
    flux: null,
    collectiviteId: collectivite?.id ?? null,
    transmissionId: null,
    code: null,
    detail: null,
    audit: { ...entry, evenement: 'retour-unmatched', etatAvant: 'received', etatApres: 'unmatched' },
  });
  return id;
}

/** Une lettre de la préfecture au sujet d'un acte, avec un document. */
export async function keepLettre(api: RunningApi, deliberationId: string): Promise<string> {
  const retourId = await keepRetour(api, api.commune);
  const id = new UuidSource().next();
  const octets = Buffer.from(`document de ${id}`);
  const { empreinte, tailleOctets } = await new FileDocumentStore(api.dossier).put(
    Readable.from([octets], { objectMode: false }),
  );
  await api.dataSource.query(
    `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, texte, recue_le, state,
        empreinte_message, retour_id)
      SELECT $1, collectivite_id, id, identifiant_acte, '3-1', '2022-11-05', 'Le plan annexé', now(), 'received', $3, $4
      FROM deliberations WHERE id = $2`,
    [id, deliberationId, empreinte, retourId],
  );
  await api.dataSource.query(`INSERT INTO lettre_documents VALUES ($1, 0, 'demande.pdf', $2, $3)`, [
    id,
    empreinte,
    tailleOctets,
  ]);
  return id;
}
