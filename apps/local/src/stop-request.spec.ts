import { StopRequest } from './stop-request';

function aRequest(): { request: StopRequest; at: (ms: number) => StopRequest; insisted: () => number } {
  let nowMs = 0;
  let count = 0;
  const request = new StopRequest(
    () => {
      count += 1;
    },
    () => nowMs,
  );
  const at = (ms: number): StopRequest => {
    nowMs = ms;
    return request;
  };
  return { request, at, insisted: () => count };
}

describe("La demande d'arrêt", () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s demande un arrêt en ordre', (signal) => {
    const { request, insisted } = aRequest();
    expect(request.signal.aborted).toBe(false);
    request.receive(signal);
    expect(request.signal.aborted).toBe(true);
    expect(insisted()).toBe(0);
  });

  it('le même Ctrl-C transmis deux fois, par le terminal et par npm, ne tue rien', () => {
    const { at, insisted } = aRequest();
    at(5_000).receive('SIGINT');
    at(5_400).receive('SIGINT');
    expect(insisted()).toBe(0);
  });

  it('un second Ctrl-C, une seconde plus tard, demande de tuer', () => {
    const { at, insisted } = aRequest();
    at(5_000).receive('SIGINT');
    at(6_000).receive('SIGINT');
    expect(insisted()).toBe(1);
  });

  it('un SIGTERM répété ne tue pas : ce n’est pas une personne qui insiste', () => {
    const { at, insisted } = aRequest();
    at(5_000).receive('SIGTERM');
    at(9_000).receive('SIGTERM');
    expect(insisted()).toBe(0);
  });
});
