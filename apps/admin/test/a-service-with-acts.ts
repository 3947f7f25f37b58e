import { addMs } from '@teletransmission/kernel';
import { UuidSource } from '@teletransmission/observability';
import { createDataSource, CryptoSecrets, FileDocumentStore } from '@teletransmission/persistence';
import type { JobOutcome, RetourId, TransmissionId } from '@teletransmission/teletransmission';
import { assembleComptes } from '@teletransmission/teletransmission';
import {
  aCollectivite,
  aCompte,
  aDossier,
  aLettre,
  anAccuse,
  aPdf,
  FakeClock,
  ScriptedPrefecture,
  TIMINGS,
} from '@teletransmission/testkit';
import { Readable } from 'node:stream';
import { ServiceOnPostgres } from '../../../test/points-de-mort/service-on-postgres';

/** Ce que le service a laissé en base : de quoi ouvrir le bureau dessus. */
export interface ServedActs {
  /** Déposée, envoyée en deux tours, acquittée. */
  readonly acknowledgedId: string;
  /** Reçue par la préfecture, dont l'accusé est en retard. */
  readonly overdueId: string;
  readonly jeton: string;
  readonly document: Buffer;
}

function done(outcome: JobOutcome): void {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
}

/** Fait vivre deux délibérations de bout en bout sur une vraie base, comme le feraient l'API et le travailleur. */
export async function aServiceWithActs(databaseUrl: string, dossier: string): Promise<ServedActs> {
  const dataSource = await createDataSource({
    url: databaseUrl,
    poolSize: 4,
    applicationName: 'essai',
  }).initialize();
  const clock = new FakeClock();
  const ids = new UuidSource();
  const prefecture = new ScriptedPrefecture();
  const documents = new FileDocumentStore(dossier);
  const service = new ServiceOnPostgres(dataSource, { documents, prefecture, clock, ids });
  const { collectivites, comptes } = service.repositories;
  const { deposit: depositDeliberation } = service.requests;
  const { seal, submit, collect, apply, sweep } = service.work;

  await collectivites.save(aCollectivite());
  const secrets = new CryptoSecrets();
  const { openCompte } = assembleComptes({ comptes, collectivites, secrets }, { clock, ids });
  const opened = await openCompte.execute({
    nom: 'Claire Vidal',
    role: 'operateur',
    siren: null,
  });
  const depositor = aCompte();
  await comptes.create(depositor, { compteId: depositor.id, empreinte: 'f'.repeat(64), creeLe: clock.now() });
  if (!opened.ok) throw new Error(opened.problem.detail);

  const document = aPdf('extrait du registre');
  const deposit = async (numeroInterne: string): Promise<{ id: string; transmissionId: TransmissionId }> => {
    const fichiers = await Promise.all(
      ['extrait.pdf', 'convention.pdf'].map(async (nomFichier) => ({
        nomFichier,
        ...(await documents.put(Readable.from([nomFichier === 'extrait.pdf' ? document : aPdf('annexe')]))),
      })),
    );
    const answer = await depositDeliberation.execute({
      compte: depositor,
      dossier: aDossier({ numeroInterne }),
      fichiers,
      idempotency: null,
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    const { deliberationId, transmissionId } = answer.value.receipt;
    return { id: deliberationId, transmissionId: transmissionId as TransmissionId };
  };
  const receive = async (sourceId: string, nom: string, bytes: Buffer): Promise<void> => {
    prefecture.deliver(sourceId, nom, bytes);
    await collect.execute();
    const rows: { id: RetourId }[] = await dataSource.query(
      `SELECT id FROM retours WHERE state = 'received'`,
    );
    for (const { id } of rows) done(await apply.execute(id));
  };

  const first = await deposit('2022-10-062');
  done(await seal.execute(first.transmissionId));
  prefecture.answer({ kind: 'deferred', code: 'prefecture/http-503', detail: 'Elle n’a rien pris.' });
  await submit.execute(first.transmissionId);
  clock.set(addMs(clock.now(), 120_000));
  done(await submit.execute(first.transmissionId));
  clock.set(addMs(clock.now(), 60_000));
  await receive('r1', 'TACT--SPREF0343-213402761-20221102-57.tar.gz', await anAccuse());

  await receive('r-lettre', 'TACT--SPREF0343-213402761-20221102-305.tar.gz', await aLettre('3-1'));

  const second = await deposit('2022-10-063');
  done(await seal.execute(second.transmissionId));
  done(await submit.execute(second.transmissionId));
  await receive(
    'r2',
    'TACT--SPREF0343-213402761-20221102-58.tar.gz',
    await anAccuse({ identifiantActe: '034-213402761-20221020-2022-10-999-DE' }),
  );
  clock.set(addMs(clock.now(), TIMINGS.ackDeadlineMs + 60_000));
  await sweep.execute();
  await dataSource.destroy();
  return { acknowledgedId: first.id, overdueId: second.id, jeton: opened.value.jeton, document };
}
