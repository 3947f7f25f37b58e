/** Un écart à la norme, sans conséquence sur la lecture. */
export interface Ecart {
  readonly regle: string;
  readonly detail: string;
  readonly ligne?: number;
}
