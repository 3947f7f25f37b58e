import type { Instant } from '@teletransmission/kernel';
import type { AlerteView } from '@teletransmission/teletransmission';
import { ALERTE_LABELS, GRAVITE_LABELS } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { Age } from '../layout/time-tag';

/** Où se traite ce que l'alerte signale. */
export function alerteHref({ sujet, sujetId, deliberationId, genre }: AlerteView): string {
  if (sujet === 'correspondance') return `/courriers/${sujetId}`;
  if (deliberationId !== null) return `/deliberations/${deliberationId}`;
  if (sujet === 'retour' && genre === 'retour-au-bac') return '/retours';
  return '/files';
}

/** Les alertes ouvertes, les plus graves d'abord : le mot et le signe disent la gravité, la teinte ne fait que la rappeler. */
export function AlerteList({
  alertes,
  now,
}: {
  readonly alertes: readonly AlerteView[];
  readonly now: Instant;
}): VNode {
  return (
    <ol class="alertes">
      {alertes.map((alerte) => {
        const { mot, signe } = GRAVITE_LABELS[alerte.gravite];
        return (
          <li key={alerte.id} class={alerte.gravite === 3 ? 'carte' : 'carte carte-agir'}>
            <p>
              <span class={`etat etat-${alerte.gravite === 3 ? 'attend' : 'agir'}`}>
                <span class="etat-signe" aria-hidden="true">
                  {signe}
                </span>
                {mot}
              </span>{' '}
              <a href={alerteHref(alerte)}>
                <strong>{ALERTE_LABELS[alerte.genre]}</strong>
                {alerte.objet === null ? null : ` : ${alerte.objet}`}
              </a>
            </p>
            <p>{alerte.detail}</p>
            <p class="discret">
              <Age at={alerte.depuis} now={now} />
              {alerte.collectivite === null ? null : `, ${alerte.collectivite.nom}`}
              {alerte.identifiantActe === null ? null : (
                <>
                  , <code>{alerte.identifiantActe}</code>
                </>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
