/** Où la mise en place laisse les serveurs pour le rangement : les deux tournent dans le processus principal de Jest. */
exports.servicesKey = Symbol.for('teletransmission.test-services');
