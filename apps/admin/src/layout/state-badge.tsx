import type {
  CorrespondanceState,
  PublicationState,
  RetourState,
  TransmissionState,
} from '@teletransmission/teletransmission';
import {
  CORRESPONDANCE_STATE_LABELS,
  PUBLICATION_STATE_LABELS,
  RETOUR_STATE_LABELS,
  TRANSMISSION_STATE_LABELS,
} from '@teletransmission/teletransmission';
import type { VNode } from 'preact';

/** Ce qu'un état demande à la personne. La teinte le rappelle ; le mot et le signe le disent sans elle. */
type Tone = 'fait' | 'attend' | 'agir' | 'clos';

const TRANSMISSION_TONES: Readonly<Record<TransmissionState, Tone>> = {
  queued: 'attend',
  sealed: 'attend',
  sending: 'attend',
  uncertain: 'agir',
  'awaiting-ack': 'attend',
  delivered: 'fait',
  acknowledged: 'fait',
  rejected: 'agir',
  held: 'agir',
  cancelling: 'attend',
  cancelled: 'clos',
  withdrawn: 'clos',
};

const RETOUR_TONES: Readonly<Record<RetourState, Tone>> = {
  received: 'attend',
  applied: 'fait',
  duplicate: 'clos',
  unmatched: 'agir',
  contradictory: 'agir',
  unreadable: 'agir',
  'set-aside': 'clos',
};

const CORRESPONDANCE_TONES: Readonly<Record<CorrespondanceState, Tone>> = {
  received: 'agir',
  answering: 'attend',
  answered: 'fait',
  filed: 'fait',
  noted: 'agir',
  taken: 'fait',
};

interface BadgeProps {
  readonly mot: string;
  readonly signe: string;
  readonly tone: Tone;
  readonly phrase?: string;
}

function Badge({ mot, signe, tone, phrase }: BadgeProps): VNode {
  return (
    <span class={`etat etat-${tone}`} title={phrase}>
      <span class="etat-signe" aria-hidden="true">
        {signe}
      </span>
      {mot}
    </span>
  );
}

/** L'état d'une transmission, en un mot et un signe ; `phrase` : ce qu'il veut dire pour cet acte-là. */
export function TransmissionBadge({
  state,
  phrase = TRANSMISSION_STATE_LABELS[state].phrase,
}: {
  readonly state: TransmissionState;
  readonly phrase?: string;
}): VNode {
  const { mot, signe } = TRANSMISSION_STATE_LABELS[state];
  return <Badge mot={mot} signe={signe} phrase={phrase} tone={TRANSMISSION_TONES[state]} />;
}

/** Ce qui s'ajoute à « En attente d'AR » quand l'échéance est passée. */
export function OverdueBadge(): VNode {
  return (
    <Badge
      mot="AR en retard"
      signe="!"
      tone="agir"
      phrase="L’accusé de réception est attendu depuis trop longtemps."
    />
  );
}

/** L'état d'une publication. */
export function PublicationBadge({ state }: { readonly state: PublicationState }): VNode {
  const { mot, signe } = PUBLICATION_STATE_LABELS[state];
  return <Badge mot={mot} signe={signe} tone={state === 'published' ? 'fait' : 'attend'} />;
}

/** L'état d'un retour de la préfecture. */
export function RetourBadge({ state }: { readonly state: RetourState }): VNode {
  const { mot, signe } = RETOUR_STATE_LABELS[state];
  return <Badge mot={mot} signe={signe} tone={RETOUR_TONES[state]} />;
}

/** Où en est la liaison avec une préfecture. */
export function LiaisonBadge({ liaison }: { readonly liaison: Omit<BadgeProps, 'phrase'> }): VNode {
  return <Badge mot={liaison.mot} signe={liaison.signe} tone={liaison.tone} />;
}

/** L'état d'une lettre de la préfecture. */
export function CorrespondanceBadge({ state }: { readonly state: CorrespondanceState }): VNode {
  const { mot, signe } = CORRESPONDANCE_STATE_LABELS[state];
  return <Badge mot={mot} signe={signe} tone={CORRESPONDANCE_TONES[state]} />;
}
