import type { CivilDate, Instant } from '@teletransmission/kernel';
import { addMs, civilDateAt } from '@teletransmission/kernel';
import { SystemClock, UuidSource } from '@teletransmission/observability';
import { PgTransmissionRepository } from '@teletransmission/persistence';
import type { Empreinte, EnveloppeId, EnvoiId, Transmission } from '@teletransmission/teletransmission';
import { changeState, LIAISON_DIRECTE } from '@teletransmission/teletransmission';
import type { RunningApi } from './running-api';

/** Ce que la préfecture a accusé, et quand l'archive est partie. */
export interface Accuse {
  readonly dateReception: string;
  readonly teletransmiseLe?: string;
}

/** Mène une délibération déposée jusqu'à l'accusé, par la table des transitions, sans ouvrier ni préfecture. */
export async function acknowledge(api: RunningApi, deliberationId: string, accuse: Accuse): Promise<void> {
  const sealed = await seal(api, deliberationId);
  const sending = await advance(api, sealed, { event: 'envoi-opened', patch: { turn: 1 } });
  await advance(api, sending, {
    event: 'ar-received',
    patch: {
      dateReception: accuse.dateReception as CivilDate,
      teletransmiseLe: (accuse.teletransmiseLe ?? `${accuse.dateReception}T09:00:00.000Z`) as Instant,
    },
  });
}

/** Mène une délibération déposée, la demande de son annulation ou une réponse à son sujet, jusqu'à son enveloppe scellée. */
export async function seal(
  api: RunningApi,
  deliberationId: string,
  flux: '1-1' | '3-4' | '6-1' = '1-1',
): Promise<Transmission> {
  const repository = new PgTransmissionRepository(api.dataSource, { current: () => null });
  const rows: { id: Transmission['id'] }[] = await api.dataSource.query(
    'SELECT id FROM transmissions WHERE deliberation_id = $1 AND flux = $2',
    [deliberationId, flux],
  );
  const transmission = await repository.find(rows[0]?.id ?? ('' as Transmission['id']));
  if (!transmission) throw new Error('Transmission introuvable');
  const jour = civilDateAt(new SystemClock().now(), api.commune.fuseau);
  const id = new UuidSource().next() as EnveloppeId;
  const enveloppe = await repository.allocateEnveloppe(transmission, api.commune.siren, jour, id);
  const archive = {
    nom: `TLT-TACT--${api.commune.siren}--${jour.replaceAll('-', '')}-${enveloppe.numero}.tar.gz`,
    empreinte: enveloppe.id.replaceAll('-', '').padEnd(64, '0') as Empreinte,
    tailleOctets: 1_000,
  };
  return advance(api, transmission, {
    event: 'enveloppe-sealed',
    patch: { enveloppeId: enveloppe.id, liaisonId: LIAISON_DIRECTE },
    effects: [{ kind: 'seal', enveloppeId: enveloppe.id, archive }],
  });
}

/** Fait partir une enveloppe scellée ; la liaison n'a pas encore dit ce qu'elle en a fait. */
export async function send(api: RunningApi, sealed: Transmission): Promise<Transmission> {
  if (sealed.enveloppeId === null) throw new Error('Transmission sans enveloppe');
  return advance(api, sealed, {
    event: 'envoi-opened',
    patch: { turn: 1 },
    effects: [
      {
        kind: 'open-envoi',
        envoiId: new UuidSource().next() as EnvoiId,
        enveloppeId: sealed.enveloppeId,
        turn: 1,
        leaseUntil: addMs(new SystemClock().now(), 1_000),
      },
    ],
  });
}

/** Fait arriver un événement à une transmission. */
export async function advance(
  api: RunningApi,
  transmission: Transmission,
  happening: Pick<Parameters<typeof changeState>[1], 'event' | 'patch' | 'effects'>,
): Promise<Transmission> {
  const repository = new PgTransmissionRepository(api.dataSource, { current: () => null });
  const change = changeState(transmission, {
    ...happening,
    at: new SystemClock().now(),
    actor: { kind: 'service' },
  });
  if (!change.ok) throw new Error(change.problem.detail);
  const recorded = await repository.record(change.value);
  if (!recorded.moved) throw new Error('État changé entre-temps');
  return recorded.transmission;
}
