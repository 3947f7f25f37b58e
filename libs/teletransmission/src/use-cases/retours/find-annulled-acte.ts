import type { TransmissionRepository } from '../../ports/actes/transmissions';
import type { Transmission } from '../../transmission/transmission';

/** L'acte qu'une annulation visait : il change avec elle. `null` : ce message n'en est pas une. */
export async function findAnnulledActe(
  transmissions: Pick<TransmissionRepository, 'findByIdentifiant'>,
  { flux, identifiantActe }: Transmission,
): Promise<Transmission | null> {
  return flux === '6-1' && identifiantActe !== null
    ? transmissions.findByIdentifiant(identifiantActe, '1-1')
    : null;
}
