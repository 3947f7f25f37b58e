import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt, clockTimeAt, EUROPE_PARIS } from '@teletransmission/kernel';
import type { DeliberationView } from '@teletransmission/teletransmission';
import { dateExecutoire } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { Day } from '../layout/time-tag';

interface DateLineProps {
  readonly titre: string;
  readonly date: CivilDate | null;
  readonly manque: string;
  readonly children?: VNode | null;
}

function DateLine({ titre, date, manque, children }: DateLineProps): VNode {
  return (
    <div class={date === null ? 'jalon' : 'jalon jalon-atteint'}>
      <dt>{titre}</dt>
      <dd>
        {date === null ? <span class="discret">{manque}</span> : <Day date={date} />}
        {children}
      </dd>
    </div>
  );
}

function PublicAddress({ adresse }: { readonly adresse: string }): VNode {
  // Une adresse déclarée n'est un lien que si c'en est une : rien d'autre que HTTP ne se suit d'ici.
  const isLink = /^https?:\/\//i.test(adresse) && URL.canParse(adresse);
  return (
    <p class="discret">
      {isLink ? (
        <a href={adresse} rel="noreferrer noopener">
          {adresse}
        </a>
      ) : (
        adresse
      )}
    </p>
  );
}

/** L'heure du jour écrit au-dessus, dans le même fuseau que lui : celui de la collectivité. */
function localTime(instant: Instant, fuseau: TimeZone): string {
  return `à ${clockTimeAt(instant, fuseau)}, heure de ${fuseau === EUROPE_PARIS ? 'Paris' : 'la collectivité'}`;
}

/** Les quatre dates de l'acte, la date exécutoire et la phrase qui l'explique. */
export function DatesCard({
  view,
  droit,
}: {
  readonly view: DeliberationView;
  readonly droit: string;
}): VNode {
  const { transmission, publication, collectivite } = view;
  const { teletransmiseLe, dateReception, state } = transmission;
  // Rien n'est plus à venir d'un acte retiré ou annulé.
  const isOver = state === 'withdrawn' || state === 'cancelled';
  const later = isOver ? '–' : 'Pas encore';
  const executoire = dateExecutoire(transmission.state, dateReception, publication.datePublication);
  return (
    <section class="carte" aria-labelledby="dates">
      <h2 id="dates">Les dates</h2>
      <dl class="jalons">
        <DateLine titre="Décision" date={view.dateDecision} manque="Inconnue" />
        <DateLine
          titre="Télétransmission"
          date={teletransmiseLe === null ? null : civilDateAt(teletransmiseLe, collectivite.fuseau)}
          manque={later}
        >
          {teletransmiseLe === null ? null : (
            <p class="discret">{localTime(teletransmiseLe, collectivite.fuseau)}</p>
          )}
        </DateLine>
        <DateLine
          titre="Réception en préfecture"
          date={dateReception}
          manque={isOver ? '–' : 'Pas encore accusée'}
        />
        <DateLine titre="Publication" date={publication.datePublication} manque="Pas publiée">
          {publication.adresse === null ? null : <PublicAddress adresse={publication.adresse} />}
        </DateLine>
        <DateLine titre="Exécutoire" date={executoire} manque={isOver ? 'Non' : later} />
      </dl>
      <p class="explication">{droit}</p>
      <p class="discret">
        La date de réception est celle que porte l’accusé. Il prouve la réception et ne vaut pas approbation
        de l’acte.
      </p>
    </section>
  );
}
