/** Un curseur que nous n'avons pas donné. */
export class MalformedCursor extends Error {
  constructor() {
    super('cursor/malformed');
    this.name = 'MalformedCursor';
  }
}
