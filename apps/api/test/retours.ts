import type { Instant } from '@teletransmission/kernel';
import { SystemClock, UuidSource } from '@teletransmission/observability';
import { FileDocumentStore, PgRetourRepository } from '@teletransmission/persistence';
import type {
  AuditEntry,
  Collectivite,
  Retour,
  RetourId,
  RetourSettlement,
} from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';
import type { RunningApi } from './running-api';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

/** Ce que le journal dit d'un retour relevé. */
export function entryOf(id: RetourId, instant: Instant): AuditEntry {
  return {
    collectiviteId: null,
    deliberationId: null,
    sujet: 'retour',
    sujetId: id,
    evenement: 'retour-received',
    etatAvant: null,
    etatApres: 'received',
    instant,
    acteur: { kind: 'prefecture' },
    motif: null,
    preuve: {},
  };
}

/** Inscrit un retour tel que relevé, octets rangés ; rien ne l'a encore lu. */
export async function receiveRetour(
  api: RunningApi,
  octets: Uint8Array,
  { nom = 'retour.tar.gz', remarques = [] }: Partial<Pick<Retour, 'nom' | 'remarques'>> = {},
): Promise<Retour> {
  const repository = new PgRetourRepository(api.dataSource, { current: () => null });
  const stored = await new FileDocumentStore(api.dossier).put(Readable.from([octets], { objectMode: false }));
  const id = new UuidSource().next() as RetourId;
  const recuLe = new SystemClock().now();
  const retour: Retour = {
    id,
    liaisonId: LIAISON_DIRECTE,
    source: 'directe',
    sourceId: `source-${id}`,
    nom,
    ...stored,
    recuLe,
    state: 'received',
    lecture: 1,
    rattacheA: null,
    remarques,
  };
  const job = { job: 'apply-retour', targetId: id, turn: 1, notBefore: null } as const;
  await repository.receive(retour, entryOf(id, recuLe), job);
  return retour;
}

/** Laisse au bac un retour que rien ne rattache. */
async function leaveUnmatched(
  api: RunningApi,
  retour: Retour,
  said: Pick<RetourSettlement, 'flux' | 'collectiviteId' | 'code' | 'detail'>,
): Promise<string> {
  await new PgRetourRepository(api.dataSource, { current: () => null }).settle({
    retour,
    to: 'unmatched',
    transmissionId: null,
    ...said,
    audit: {
      ...entryOf(retour.id, retour.recuLe),
      evenement: 'retour-unmatched',
      etatAvant: 'received',
      etatApres: 'unmatched',
    },
  });
  return retour.id;
}

/** Un retour du bac que rien ne rattache, octets compris. */
export async function aRetour(
  api: RunningApi,
  octets = `<html>${new UuidSource().next()}</html>`,
): Promise<string> {
  const retour = await receiveRetour(api, Buffer.from(octets), {
    nom: 'accusé "étrange".html',
    remarques: [{ regle: 'xml/valeur-invalide', detail: 'Un numéro à tirets.', ligne: 3 }],
  });
  return leaveUnmatched(api, retour, {
    flux: '1-2',
    collectiviteId: null,
    code: 'retour/act-unknown',
    detail: 'Rattachez-le à la main.',
  });
}

/** Un retour non rattaché, que seule sa collectivité voit ; `null` : la plateforme. */
export async function keepRetour(api: RunningApi, collectivite: Collectivite | null): Promise<string> {
  const retour = await receiveRetour(api, Buffer.from(new UuidSource().next()));
  const collectiviteId = collectivite?.id ?? null;
  return leaveUnmatched(api, retour, { flux: null, collectiviteId, code: null, detail: null });
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
