import type { SubmitAnswer } from '@teletransmission/teletransmission';

/** 200 aux anciens serveurs, 201 aux nouveaux : les deux disent « prise ». */
const ACCEPTED: readonly number[] = [200, 201, 202];

/**
 * Ce que vaut un code HTTP. La règle : `deferred` seulement quand le serveur dit lui-même n'avoir rien pris ; un 500 ou un 504 a pu
 * survenir après la prise, il est donc `lost`.
 */
export function outcomeOfStatus(status: number): SubmitAnswer {
  const code = `prefecture/http-${status}`;
  if (ACCEPTED.includes(status)) return { kind: 'accepted', code };
  if (status === 401 || status === 403) {
    return {
      kind: 'deferred',
      code,
      detail: `La préfecture refuse notre identité (${status}). Vérifiez le certificat ou le jeton ; l'acte attend.`,
    };
  }
  if (status === 408 || status === 429 || status === 503) {
    return {
      kind: 'deferred',
      code,
      detail: `La préfecture n'est pas disponible (${status}) et n'a rien pris. Nouvel envoi plus tard.`,
    };
  }
  if (status === 413) {
    return {
      kind: 'refused',
      code,
      detail: "La préfecture trouve l'archive trop lourde. Allégez les annexes et déposez de nouveau.",
    };
  }
  if (status === 409) {
    return {
      kind: 'refused',
      code,
      detail:
        'La préfecture a déjà reçu d’autres octets sous le nom de cette archive. Remettez l’acte en file : il prendra un numéro neuf.',
    };
  }
  if (status >= 400 && status < 500) {
    return {
      kind: 'refused',
      code,
      detail: `La préfecture refuse ce dépôt (${status}). Lisez le journal technique : c'est sans doute un défaut de notre côté.`,
    };
  }
  return {
    kind: 'lost',
    code,
    detail: `La préfecture a répondu ${status}, ce qui ne dit pas si elle a pris l'archive. Nous le lui demandons avant tout nouvel envoi.`,
  };
}
