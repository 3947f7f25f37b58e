import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '../http/tokens';
import type { SimulatorSettings } from '../settings';

const NOM = 'simulateur';
const DUREE_S = 12 * 3600;

const digest = (texte: string): Buffer => createHash('sha256').update(texte).digest();

/** L'entrée de la page : libre sans jeton réglé ; avec un jeton, un formulaire le demande et un cookie s'en souvient. */
@Injectable()
export class PageAccess {
  constructor(@Inject(SETTINGS) private readonly settings: SimulatorSettings) {}

  /** Vrai s'il faut un jeton pour entrer. */
  get isGuarded(): boolean {
    return this.settings.jeton !== undefined;
  }

  /** Vrai si cet en-tête `Cookie` ouvre la page. */
  opens(cookies: string | undefined): boolean {
    if (!this.isGuarded) return true;
    const recu = (cookies ?? '')
      .split(';')
      .map((cookie) => cookie.trim())
      .find((cookie) => cookie.startsWith(`${NOM}=`));
    return timingSafeEqual(digest(recu?.slice(NOM.length + 1) ?? ''), digest(this.preuve));
  }

  /** Vrai si c'est le jeton réglé. */
  accepts(jeton: string): boolean {
    return timingSafeEqual(digest(jeton), digest(this.settings.jeton ?? ''));
  }

  /** L'en-tête `Set-Cookie` de qui entre. Il porte une preuve, jamais le jeton. */
  entering(): string {
    return `${NOM}=${this.preuve}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${DUREE_S}`;
  }

  /** L'en-tête `Set-Cookie` de qui sort. */
  leaving(): string {
    return `${NOM}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  private get preuve(): string {
    return digest(`page du simulateur : ${this.settings.jeton ?? ''}`).toString('hex');
  }
}
