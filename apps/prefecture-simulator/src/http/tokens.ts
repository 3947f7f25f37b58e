/** Ce que les contrôleurs reçoivent et qui n'est pas une classe. */
export const SETTINGS = Symbol('SimulatorSettings');
export const LOG = Symbol('Log');
export const CLOCK = Symbol('Clock');
