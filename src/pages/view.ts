// Belongs here: the one import of the view library, with its modules named. Views are functions from state to nodes; nodes are
// created by the DOM, never from strings of HTML.
// Does NOT belong here: any view.
import { attributesModule, classModule, eventListenersModule, h, init, propsModule, type VNode } from "snabbdom";

export { h, type VNode };

/** Draws `node` in place of what was drawn at `previous` before; the first time `previous` is an element of the page. */
export const patch: (previous: Element | VNode, node: VNode) => VNode = init([
  attributesModule,
  propsModule,
  classModule,
  eventListenersModule,
]);
