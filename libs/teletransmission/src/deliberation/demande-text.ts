import type { StoredFile } from './deliberation';

/**
 * Ce qu'une demande de dépôt contient, en un texte à hacher : le même contenu donne le même texte, par quelque porte qu'il entre et
 * dans quelque ordre que ses champs et ses fichiers viennent. Une clé d'idempotence rejouée se compare à lui.
 */
export function demandeText(dossier: unknown, fichiers: readonly StoredFile[]): string {
  return canonical([dossier, fichiers.map((file) => `${file.nomFichier}:${file.empreinte}`).sort()]);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
