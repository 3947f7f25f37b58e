import { describeInspectorContract, InMemoryDocuments, InMemoryInspector } from '@teletransmission/testkit';

const documents = new InMemoryDocuments();

describeInspectorContract('en mémoire', () => ({
  inspector: new InMemoryInspector(documents),
  keep: (octets) => Promise.resolve(documents.keep(octets)),
}));
