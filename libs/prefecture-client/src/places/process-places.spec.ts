import { ProcessPlaces } from './process-places';
import { aGuichet } from '@teletransmission/testkit';

describe('les places d’envoi d’un processus', () => {
  it('se comptent par préfecture : celle qui tient les siennes n’en prend pas à une autre', async () => {
    const places = new ProcessPlaces(2, 1);
    expect(await places.take(aGuichet('034'))).not.toBeNull();
    expect(await places.take(aGuichet('034'))).not.toBeNull();
    expect(await places.take(aGuichet('034'))).toBeNull();
    expect(await places.take(aGuichet('030'))).not.toBeNull();
  });

  it('rendue, une place va à qui l’attend depuis le plus longtemps', async () => {
    const places = new ProcessPlaces(1, 60_000);
    const held = await places.take(aGuichet('034'));
    const order: string[] = [];
    const first = places.take(aGuichet('034')).then((place) => {
      order.push('premier');
      return place;
    });
    const second = places.take(aGuichet('034')).then((place) => {
      order.push('second');
      return place;
    });
    held?.leave();
    (await first)?.leave();
    await second;
    expect(order).toEqual(['premier', 'second']);
  });

  it('rendue deux fois, elle n’en fait pas deux', async () => {
    const places = new ProcessPlaces(1, 1);
    const place = await places.take(aGuichet('034'));
    place?.leave();
    place?.leave();
    expect(await places.take(aGuichet('034'))).not.toBeNull();
    expect(await places.take(aGuichet('034'))).toBeNull();
  });

  it('qui a renoncé n’en reçoit plus : la place libérée reste à prendre', async () => {
    const places = new ProcessPlaces(1, 1);
    const held = await places.take(aGuichet('034'));
    expect(await places.take(aGuichet('034'))).toBeNull();
    held?.leave();
    expect(await places.take(aGuichet('034'))).not.toBeNull();
  });
});
