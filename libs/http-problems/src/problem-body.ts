import { firstViolations } from '@teletransmission/kernel';
import type { ProblemDetails } from './problem-details';

/** Ce qu'un refus pèse au plus, en octets, quoi qu'on ait envoyé. */
export const PROBLEM_MAX_BYTES = 256 * 1024;
/** Ce qui reste d'un texte quand le refus entier ne tient pas : cent une fautes ainsi coupées tiennent toujours. */
const TEXT_MAX_LENGTH = 150;

/**
 * Le corps d'un refus, tel qu'il part : jamais plus de 256 Kio. Trop lourd, il perd d'abord ses faits et la fin de ses textes, puis ses
 * fautes ; jamais son code ni son statut.
 */
export function problemBody(details: ProblemDetails): string {
  const essential = essentialOf(details);
  const violations = firstViolations(details.violations ?? []).map(({ pointer, code, detail }) => ({
    pointer: cut(pointer),
    code,
    detail: cut(detail),
  }));
  return within(details) ?? within({ ...essential, violations }) ?? JSON.stringify(essential);
}

function within(details: ProblemDetails): string | null {
  const text = JSON.stringify(details);
  return Buffer.byteLength(text) <= PROBLEM_MAX_BYTES ? text : null;
}

function cut(text: string): string {
  return text.length <= TEXT_MAX_LENGTH ? text : `${text.slice(0, TEXT_MAX_LENGTH)}…`;
}

function essentialOf({ type, title, status, detail, instance, code }: ProblemDetails): ProblemDetails {
  return { type, title, status, detail: cut(detail), ...(instance === undefined ? {} : { instance }), code };
}
