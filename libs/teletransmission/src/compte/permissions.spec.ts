import { aCollectivite, aCompte } from '@teletransmission/testkit';
import type { CollectiviteId } from '../ids';
import { ROLES } from './compte';
import type { Action } from './permissions';
import { authorize, PERMISSIONS } from './permissions';

const HERE = aCollectivite().id;
const ELSEWHERE = 'c0000000-0000-7000-8000-000000000099' as CollectiviteId;
const PAIRS = ROLES.flatMap((role) =>
  (Object.keys(PERMISSIONS) as Action[]).map((action) => [role, action] as const),
);

describe('les permissions', () => {
  it.each(PAIRS)('%s, %s : permis si et seulement si la ligne le dit', (role, action) => {
    const roles: readonly string[] = PERMISSIONS[action];
    const allowed = authorize(aCompte({ role }), action, HERE);
    expect(allowed.ok).toBe(roles.includes(role));
    if (!allowed.ok) expect(allowed.problem.code).toBe('compte/forbidden');
  });

  it.each(PAIRS)('%s, %s : jamais hors de sa collectivité, ni sur toute la plateforme', (role, action) => {
    const compte = aCompte({ role, collectiviteId: HERE });
    expect(authorize(compte, action, ELSEWHERE).ok).toBe(false);
    expect(authorize(compte, action, null).ok).toBe(false);
  });

  it('laissent l’auditeur ne rien changer', () => {
    const changing: Action[] = [
      'deposer-deliberation',
      'declarer-publication',
      'retirer-transmission',
      'retenir-transmission',
      'reprendre-transmission',
      'constater-envoi',
      'traiter-retour',
      'suspendre-prefecture',
      'regler-prefecture',
      'administrer',
    ];
    for (const action of changing)
      expect(authorize(aCompte({ role: 'auditeur' }), action, HERE).ok).toBe(false);
  });
});
