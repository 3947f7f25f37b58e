import type { Compte } from '@teletransmission/teletransmission';
import { FakeClock, InMemoryComptes, InMemorySessions, NumberedSecrets } from '@teletransmission/testkit';
import { aCompte, SAINT_MATHIEU } from '../../test/views';
import { DeskSessions } from './desk-sessions';

const HOURS_12 = 12 * 3_600_000;

class Entrance {
  readonly clock = new FakeClock();
  readonly comptes = new InMemoryComptes(this.clock);
  readonly held = new InMemorySessions(this.comptes);
  private readonly secrets = new NumberedSecrets();
  readonly sessions = new DeskSessions(
    { comptes: this.comptes, sessions: this.held, secrets: this.secrets, clock: this.clock },
    HOURS_12,
  );

  welcome(jeton: string, compte: Compte): void {
    this.comptes.add(compte, this.secrets.empreinteOf(jeton));
  }
}

async function signedIn(entrance: Entrance, jeton: string): Promise<string> {
  const opened = await entrance.sessions.signIn(jeton);
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value.secret;
}

describe('la session du bureau', () => {
  it.each(['operateur', 'auditeur', 'administrateur'] as const)('s’ouvre au rôle %s', async (role) => {
    const entrance = new Entrance();
    const compte = aCompte({ role });
    entrance.welcome('jeton', compte);
    expect(await entrance.sessions.whoIs(await signedIn(entrance, 'jeton'))).toEqual(compte);
  });

  it('s’ouvre à un compte d’une seule collectivité', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte({ collectiviteId: SAINT_MATHIEU }));
    expect((await entrance.sessions.signIn('jeton')).ok).toBe(true);
  });

  it('accepte le jeton collé avec ses espaces', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte());
    expect((await entrance.sessions.signIn('  jeton\n')).ok).toBe(true);
  });

  it.each(['inconnu', '', '   ', 'jeton-deposant'])('refuse « %s » par la même phrase', async (jeton) => {
    const entrance = new Entrance();
    entrance.welcome('jeton-deposant', aCompte({ role: 'deposant' }));
    const refused = await entrance.sessions.signIn(jeton);
    const unknown = await entrance.sessions.signIn('tout à fait autre');
    expect(refused).toEqual(unknown);
    expect(refused.ok ? 'ouverte' : refused.problem.code).toBe('bureau/jeton-refused');
  });

  it('ne garde que l’empreinte du secret', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte());
    const secret = await signedIn(entrance, 'jeton');
    expect([...entrance.held.held.keys()]).toEqual([`empreinte(${secret})`]);
  });

  it('donne un secret neuf à chaque connexion', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte());
    expect(await signedIn(entrance, 'jeton')).not.toBe(await signedIn(entrance, 'jeton'));
  });

  it('finit à son heure, pas avant', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte());
    const secret = await signedIn(entrance, 'jeton');
    entrance.clock.advance(HOURS_12 - 1);
    expect(await entrance.sessions.whoIs(secret)).not.toBeNull();
    entrance.clock.advance(1);
    expect(await entrance.sessions.whoIs(secret)).toBeNull();
  });

  it('s’éteint avec la révocation du compte', async () => {
    const entrance = new Entrance();
    const compte = aCompte();
    entrance.welcome('jeton', compte);
    const secret = await signedIn(entrance, 'jeton');
    await entrance.comptes.revoke(compte.id, entrance.clock.now());
    expect(await entrance.sessions.whoIs(secret)).toBeNull();
  });

  it('se ferme quand on se déconnecte', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte());
    const secret = await signedIn(entrance, 'jeton');
    await entrance.sessions.signOut(secret);
    expect(await entrance.sessions.whoIs(secret)).toBeNull();
  });

  it('ne prend pas l’empreinte gardée en base pour un secret', async () => {
    const entrance = new Entrance();
    entrance.welcome('jeton', aCompte());
    await signedIn(entrance, 'jeton');
    const [empreinte = ''] = entrance.held.held.keys();
    expect(await entrance.sessions.whoIs(empreinte)).toBeNull();
  });
});
