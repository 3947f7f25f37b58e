import type { Instant } from '@teletransmission/kernel';
import type { AlerteView, Compte } from '@teletransmission/teletransmission';
import { ALERTE_LABELS, GRAVITE_LABELS } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { canEnter } from '../layout/rooms';
import { Age } from '../layout/time-tag';

const anchorOf = (id: string): string => `alerte-${id}`;

/** Où se traite ce que l'alerte signale ; à défaut d'une salle où ce compte entre, sa place parmi les alertes, qu'il voit toujours. */
export function alerteHref(
  { id, genre, sujet, sujetId, deliberationId }: AlerteView,
  compte: Compte,
): string {
  if (sujet === 'correspondance') return `/courriers/${sujetId}`;
  if (deliberationId !== null) return `/deliberations/${deliberationId}`;
  // Un retour que rien n'a encore lu n'est pas au bac : il attend dans une file.
  // Celui qui ne se relève pas a sa place au bac, faute d'y être déjà.
  const isInTray = (sujet === 'retour' && genre !== 'retour-non-applique') || genre === 'retour-non-releve';
  const room = isInTray ? 'retours' : sujet === 'prefecture' ? 'prefectures' : 'files';
  if (canEnter(compte, room)) return `/${room}`;
  return `/alertes#${anchorOf(id)}`;
}

/** Les alertes ouvertes, les plus graves d'abord : le mot et le signe disent la gravité, la teinte ne fait que la rappeler. */
export function AlerteList({
  alertes,
  compte,
  now,
}: {
  readonly alertes: readonly AlerteView[];
  readonly compte: Compte;
  readonly now: Instant;
}): VNode {
  return (
    <ol class="alertes">
      {alertes.map((alerte) => {
        const { mot, signe } = GRAVITE_LABELS[alerte.gravite];
        return (
          <li
            key={alerte.id}
            class={alerte.gravite === 3 ? 'carte' : 'carte carte-agir'}
            id={anchorOf(alerte.id)}
          >
            <p>
              <span class={`etat etat-${alerte.gravite === 3 ? 'attend' : 'agir'}`}>
                <span class="etat-signe" aria-hidden="true">
                  {signe}
                </span>
                {mot}
              </span>{' '}
              <a href={alerteHref(alerte, compte)}>
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
