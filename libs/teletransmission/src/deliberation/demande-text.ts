import type { StoredFile } from './deliberation';

/**
 * Ce qu'une demande de dépôt contient, en un texte à hacher : le même contenu donne le même texte, par quelque porte qu'il entre et
 * dans quelque ordre que ses champs et ses fichiers viennent. Une clé d'idempotence rejouée se compare à lui.
 */
export function demandeText(dossier: unknown, fichiers: readonly StoredFile[]): string {
  return canonical([dossier, fichiers.map((file) => `${file.nomFichier}:${file.empreinte}`).sort()]);
}

/** Aucun dossier n'est si profond : au-delà, il est refusé, et ce qu'il contient n'a pas à se distinguer. */
const DEPTH_MAX = 64;

function canonical(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth === DEPTH_MAX) return '"…"';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, depth + 1)}`).join(',')}}`;
}
