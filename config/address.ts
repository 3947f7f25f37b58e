import { z } from 'zod';

/** Ce qui s'échappe dans le mot de passe d'une adresse, et comment. */
const ESCAPES = 'dans un mot de passe, # s’écrit %23, / %2F, ? %3F, @ %40, % %25';

/** Une adresse que l'on sait lire, à un de ces protocoles. Une faute ne cite jamais l'adresse : elle porte souvent un secret. */
export function address(schemes: readonly string[]): z.ZodType<string> {
  return z.string('manque').superRefine((text, context) => {
    const message = faultOf(text, schemes);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
}

function faultOf(text: string, schemes: readonly string[]): string | null {
  if (!schemes.some((scheme) => text.startsWith(scheme))) return `doit commencer par ${schemes.join(' ou ')}`;
  // Le chemin d'une prise n'est pas une adresse.
  if (text.startsWith('unix:')) return null;
  if (text.includes('#')) return `contient un « # », qui coupe l’adresse : ${ESCAPES}`;
  if (!isReadable(text)) return `ne se lit pas comme une adresse : ${ESCAPES}`;
  return null;
}

function isReadable(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    decodeURIComponent(`${username}${password}`);
    // Un « / » ou un « ? » dans le mot de passe laisse son « @ » dans le chemin, et le nom de la machine n'est pas le bon.
    return `${username}${password}` !== '' || protocol.startsWith('http') || !text.includes('@');
  } catch {
    return false;
  }
}

/** Un réglage que l'on ne montre pas, et qui peut aussi venir d'un fichier (`<CLÉ>_FILE`). */
export function secret<T extends z.ZodType>(schema: T, description: string): T {
  return schema.meta({ description, secret: true });
}
