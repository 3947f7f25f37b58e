import type { Compte } from '@teletransmission/teletransmission';
import { renderPage } from '../layout/page-frame';

/** Une page qui dit ce qui n'a pas marché et par où continuer ; jamais de pile ni de détail technique. */
export interface Fault {
  readonly status: number;
  readonly titre: string;
  readonly detail: string;
  readonly compte: Compte | null;
  /** La référence à citer, écrite aussi au journal technique. */
  readonly reference?: string;
}

/** La page HTML d'une faute. */
export function renderFault(fault: Fault): string {
  const { titre, detail, status, reference, compte } = fault;
  return renderPage(
    { titre, compte, fil: [], room: null },
    <section class="faute">
      <p class="surtitre">Réponse {status}</p>
      <h1>{titre}</h1>
      <p class="chapeau">{detail}</p>
      {reference === undefined ? null : (
        <p>
          Référence à donner à l’administrateur : <code>{reference}</code>
        </p>
      )}
      <p>
        <a class="bouton" href={compte ? '/' : '/connexion'}>
          {compte ? 'Revenir à l’accueil' : 'Se connecter'}
        </a>
      </p>
    </section>,
  );
}
