import { aCollectivite, aCompte } from '@teletransmission/testkit';
import type { CollectiviteId } from '../ids';
import { problems } from '../problems';
import { authorizeOn } from './authorize-on';
import { ROLES } from './compte';
import type { Action } from './permissions';
import { PERMISSIONS } from './permissions';

const HERE = aCollectivite().id;
const ELSEWHERE = 'c0000000-0000-7000-8000-000000000099' as CollectiviteId;
const PAIRS = ROLES.flatMap((role) =>
  (Object.keys(PERMISSIONS) as Action[]).map((action) => [role, action] as const),
);
const unknown = problems.unknownDeliberation('abc');
const named = (
  found: { readonly owner: CollectiviteId | null } | null,
): Parameters<typeof authorizeOn<{ readonly owner: CollectiviteId | null }>>[2] => ({
  found,
  ownerOf: ({ owner }) => owner,
  unknown,
});

describe('ce qu’un compte de collectivité nomme', () => {
  it.each(PAIRS)(
    '%s, %s : le rôle se juge d’abord, puis rien ne distingue l’autre de l’inconnu',
    (role, action) => {
      const compte = aCompte({ role, collectiviteId: HERE });
      const roles: readonly string[] = PERMISSIONS[action];
      const answers = [null, { owner: ELSEWHERE }, { owner: null }].map((found) =>
        authorizeOn(compte, action, named(found)),
      );
      const expected = roles.includes(role) ? unknown : problems.forbidden(action, role, PERMISSIONS[action]);
      for (const answer of answers) expect(answer).toEqual({ ok: false, problem: expected });
      const own = { owner: HERE };
      const allowed = authorizeOn(compte, action, named(own));
      expect(allowed).toEqual(roles.includes(role) ? { ok: true, value: own } : answers[0]);
    },
  );

  it('un compte de plateforme voit ce qui est de tous', () => {
    const compte = aCompte({ role: 'operateur', collectiviteId: null });
    for (const owner of [HERE, ELSEWHERE, null])
      expect(authorizeOn(compte, 'lire-retours', named({ owner })).ok).toBe(true);
    expect(authorizeOn(compte, 'lire-retours', named(null))).toEqual({ ok: false, problem: unknown });
  });
});
