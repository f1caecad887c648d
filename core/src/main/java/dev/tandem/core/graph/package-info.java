/**
 * Graphs of calls: symbolic tensors, the calls between them, and cuts through them.
 *
 * <p>A call is an object of its own, a {@link dev.tandem.core.graph.Node}, apart from the thing
 * called: a layer may be called many times and never knows where. A {@link
 * dev.tandem.core.graph.Graph} is what lies between some tensors and others, checked and ordered
 * once.
 */
@NullMarked
package dev.tandem.core.graph;

import org.jspecify.annotations.NullMarked;
