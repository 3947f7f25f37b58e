import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type {
  Compte,
  CompteId,
  CompteRepository,
  CompteView,
  StoredJeton,
} from '@teletransmission/teletransmission';
import { aCompte } from '../builders/a-compte';

/** Les sessions d'un bureau, telles que les comptes les font vivre. */
export interface SessionsPart {
  open(
    empreinte: string,
    jeton: string,
    compteId: CompteId,
    ouverteLe: Instant,
    expireLe: Instant,
  ): Promise<void>;
  find(empreinte: string, now: Instant): Promise<Compte | null>;
  close(empreinte: string): Promise<void>;
}

/** Les comptes à éprouver, leurs sessions, et ce que le journal en a retenu. */
export interface ComptesParts {
  readonly comptes: CompteRepository;
  readonly sessions: SessionsPart;
  id(): string;
  /** L'heure qu'il est pour ces comptes. */
  now(): Instant;
  /** Les événements du journal sur ce compte, dans l'ordre. */
  eventsOf(id: CompteId): Promise<readonly string[]>;
}

const HOUR_MS = 3_600_000;
const BORN = '2022-11-02T09:00:00.000Z' as Instant;

/** La suite que passent les comptes en mémoire et ceux de PostgreSQL. */
export function describeComptesContract(name: string, open: () => Promise<ComptesParts>): void {
  describe(`les comptes (${name})`, () => {
    let parts: ComptesParts;
    beforeAll(async () => {
      parts = await open();
    });

    const fromNow = (ms: number): Instant => addMs(parts.now(), ms);
    const anEmpreinte = (): string => parts.id().replaceAll('-', '').padEnd(64, 'e');
    const jetonOf = (compteId: CompteId, expireLe: Instant | null = null): StoredJeton => ({
      compteId,
      empreinte: anEmpreinte(),
      creeLe: BORN,
      expireLe,
    });
    const opened = async (
      nom = 'Logiciel',
      expireLe: Instant | null = null,
    ): Promise<{ readonly compte: Compte; readonly empreinte: string }> => {
      const compte = aCompte({ id: parts.id() as CompteId, nom });
      const jeton = jetonOf(compte.id, expireLe);
      await parts.comptes.create(compte, jeton);
      return { compte, empreinte: jeton.empreinte };
    };
    const viewOf = async ({ id }: Compte): Promise<CompteView | undefined> =>
      (await parts.comptes.list()).find((compte) => compte.id === id);

    it('se retrouvent par l’empreinte de leur jeton, et par elle seule', async () => {
      const { compte, empreinte } = await opened();
      expect(await parts.comptes.findByJeton(empreinte)).toEqual(compte);
      expect(await parts.comptes.findByJeton(anEmpreinte())).toBeNull();
      expect(await parts.eventsOf(compte.id)).toEqual(['compte-opened']);
    });

    it('naissent avec leur jeton ou pas du tout : une empreinte n’en ouvre qu’un', async () => {
      const { empreinte } = await opened();
      const other = aCompte({ id: parts.id() as CompteId });
      await expect(parts.comptes.create(other, { ...jetonOf(other.id), empreinte })).rejects.toThrow();
      expect(await viewOf(other)).toBeUndefined();
      expect(await parts.eventsOf(other.id)).toEqual([]);
    });

    it('montrent leurs jetons sans de quoi les employer, et leur dernier usage', async () => {
      const { compte, empreinte } = await opened();
      expect(await viewOf(compte)).toEqual({
        ...compte,
        creeLe: BORN,
        revoqueLe: null,
        jetons: [
          {
            reference: empreinte.slice(0, 12),
            creeLe: BORN,
            expireLe: null,
            revoqueLe: null,
            employeLe: null,
          },
        ],
      });
      await parts.comptes.findByJeton(empreinte);
      expect((await viewOf(compte))?.jetons[0]?.employeLe).not.toBeNull();
    });

    it('ne valent plus quand leur jeton finit, et leur session finit avec lui', async () => {
      const living = await opened('Vivant', fromNow(HOUR_MS));
      const ended = await opened('Fini', fromNow(-HOUR_MS));
      for (const { compte, empreinte } of [living, ended]) {
        const expected = compte === living.compte ? compte : null;
        expect(await parts.comptes.findByJeton(empreinte)).toEqual(expected);
        const session = anEmpreinte();
        await parts.sessions.open(session, empreinte, compte.id, BORN, fromNow(HOUR_MS));
        expect(await parts.sessions.find(session, BORN)).toEqual(expected);
      }
    });

    it('se renouvellent : l’ancien jeton finit à l’heure dite, jamais plus tard que la sienne', async () => {
      const soon = fromNow(HOUR_MS);
      const { compte, empreinte } = await opened('Bientôt', soon);
      const next = jetonOf(compte.id);
      expect(await parts.comptes.renew(next, fromNow(24 * HOUR_MS))).toBe(true);
      expect((await viewOf(compte))?.jetons.map(({ expireLe }) => expireLe).sort()).toEqual([soon, null]);
      const last = jetonOf(compte.id);
      expect(await parts.comptes.renew(last, fromNow(-HOUR_MS))).toBe(true);
      const valid = await Promise.all(
        [empreinte, next.empreinte, last.empreinte].map((jeton) => parts.comptes.findByJeton(jeton)),
      );
      expect(valid).toEqual([null, null, compte]);
      expect(await parts.eventsOf(compte.id)).toEqual(['compte-opened', 'jeton-renewed', 'jeton-renewed']);
    });

    it('inconnus ou révoqués, ne se renouvellent pas, et rien ne s’écrit', async () => {
      const { compte } = await opened();
      await parts.comptes.revoke(compte.id, BORN);
      for (const id of [compte.id, parts.id() as CompteId]) {
        const jeton = jetonOf(id);
        expect(await parts.comptes.renew(jeton, BORN)).toBe(false);
        expect(await parts.comptes.findByJeton(jeton.empreinte)).toBeNull();
      }
      expect(await parts.eventsOf(compte.id)).toEqual(['compte-opened', 'compte-revoked']);
    });

    it('se révoquent une fois, avec leurs sessions, et gardent la date de la première', async () => {
      const { compte, empreinte } = await opened();
      const session = anEmpreinte();
      await parts.sessions.open(session, empreinte, compte.id, BORN, fromNow(HOUR_MS));
      expect(await parts.sessions.find(session, BORN)).toEqual(compte);
      expect(await parts.comptes.revoke(compte.id, BORN)).toBe(true);
      expect(await parts.comptes.revoke(compte.id, addMs(BORN, 1_000))).toBe(false);
      expect(await parts.comptes.revoke(parts.id() as CompteId, BORN)).toBe(false);
      expect(await viewOf(compte)).toMatchObject({ revoqueLe: BORN });
      expect(await parts.comptes.findByJeton(empreinte)).toBeNull();
      expect(await parts.sessions.find(session, BORN)).toBeNull();
    });

    it('se révoquent par leur nom, avec ceux qui le portent encore', async () => {
      const [a, b, other] = [await opened('Ancien'), await opened('Ancien'), await opened('Nouveau')];
      await parts.comptes.revoke(a.compte.id, BORN);
      expect(await parts.comptes.revokeByNom('Ancien', BORN)).toBe(1);
      expect(await parts.comptes.revokeByNom('Personne', BORN)).toBe(0);
      expect(await parts.comptes.findByJeton(b.empreinte)).toBeNull();
      expect(await parts.comptes.findByJeton(other.empreinte)).toEqual(other.compte);
    });

    it('se listent du plus ancien au plus récent', async () => {
      const ids = (await parts.comptes.list()).map(({ creeLe, id }) => `${creeLe} ${id}`);
      expect(ids).toEqual([...ids].sort());
    });

    it('ouvrent des sessions qui finissent à leur heure, et se ferment', async () => {
      const { compte, empreinte } = await opened();
      const [one, two] = [anEmpreinte(), anEmpreinte()];
      const end = fromNow(HOUR_MS);
      await parts.sessions.open(one, empreinte, compte.id, BORN, end);
      await parts.sessions.open(two, empreinte, compte.id, BORN, end);
      expect(await parts.sessions.find(one, addMs(end, -1))).toEqual(compte);
      expect(await parts.sessions.find(one, end)).toBeNull();
      await parts.sessions.close(one);
      expect([await parts.sessions.find(one, BORN), await parts.sessions.find(two, BORN)]).toEqual([
        null,
        compte,
      ]);
    });
  });
}
