/**
 * Le nom d'un fichier sous la forme où deux écritures du même se valent : macOS y écrit « é » en deux caractères (NFD), les autres en un
 * (NFC), et un formulaire et son JSON ne viennent pas toujours de la même main.
 */
export function composedFileName(nom: string): string {
  return nom.normalize('NFC');
}
