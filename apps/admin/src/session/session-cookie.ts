/** Le témoin de session : son nom et sa forme, selon que le bureau est servi en HTTPS ou non. */
export class SessionCookie {
  private readonly name: string;

  constructor(private readonly isSecure: boolean) {
    // Le préfixe oblige le navigateur à refuser ce témoin s'il vient d'un autre domaine ou d'une liaison en clair.
    this.name = isSecure ? '__Host-bureau' : 'bureau';
  }

  /** Le secret que porte l'en-tête `Cookie`, ou `null`. */
  read(header: string | undefined): string | null {
    const pairs = (header ?? '').split(';').map((pair) => pair.trim());
    const mine = pairs.find((pair) => pair.startsWith(`${this.name}=`));
    const secret = mine?.slice(this.name.length + 1);
    return secret === undefined || secret === '' ? null : secret;
  }

  /** L'en-tête `Set-Cookie` d'une session neuve. Le secret est fait de caractères qu'un témoin porte tels quels. */
  write(secret: string, maxAgeSeconds: number): string {
    return this.header(secret, maxAgeSeconds);
  }

  /** L'en-tête `Set-Cookie` qui efface la session du navigateur. */
  erase(): string {
    return this.header('', 0);
  }

  private header(value: string, maxAgeSeconds: number): string {
    const attributes = ['Path=/', `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Strict'];
    return [`${this.name}=${value}`, ...attributes, ...(this.isSecure ? ['Secure'] : [])].join('; ');
  }
}
