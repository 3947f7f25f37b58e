import { renderPage } from '../layout/page-frame';

interface SignInForm {
  /** Pourquoi l'essai d'avant n'a pas réussi. */
  readonly faute: string | null;
  /** Où revenir après. */
  readonly suite: string;
}

/** La page de connexion. */
export function renderSignIn({ faute, suite }: SignInForm): string {
  return renderPage(
    { titre: 'Connexion', compte: null, fil: [], room: null },
    <section class="connexion">
      <h1>Ouvrir le bureau</h1>
      <p class="chapeau">
        Le bureau montre aux opérateurs et aux auditeurs les délibérations télétransmises, et la preuve
        qu’elles sont arrivées.
      </p>
      {faute === null ? null : (
        <div class="alerte" role="alert" id="faute">
          <p>{faute}</p>
        </div>
      )}
      <form method="post" action="/connexion" class="carte formulaire">
        <input type="hidden" name="suite" value={suite} />
        <label for="jeton">Jeton d’accès</label>
        <input
          id="jeton"
          name="jeton"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          aria-describedby={faute === null ? 'jeton-aide' : 'faute jeton-aide'}
          aria-invalid={faute === null ? undefined : 'true'}
        />
        <p class="aide" id="jeton-aide">
          Il vous a été remis une seule fois, à l’ouverture de votre compte.
        </p>
        <button type="submit" class="bouton">
          Se connecter
        </button>
      </form>
    </section>,
  );
}
