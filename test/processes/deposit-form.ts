import { aPdf } from '@teletransmission/testkit';

/** Le plus petit dépôt qui passe : un dossier adopté et son extrait, propre à l'acte pour que deux ne partagent pas leur fichier. */
export function depositForm(siren: string, numeroInterne: string): FormData {
  const body = new FormData();
  const dossier = {
    collectivite: siren,
    numeroInterne,
    dateDecision: '2022-10-20',
    objet: `Acte d'essai ${numeroInterne}`,
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
    document: { fichier: 'extrait.pdf' },
    annexes: [],
  };
  body.append('dossier', JSON.stringify(dossier));
  body.append('fichiers', new Blob([new Uint8Array(aPdf(`${siren} ${numeroInterne}`))]), 'extrait.pdf');
  return body;
}
