/**
 * Nets of published GANs, drawn to size: each is a record of its sizes that draws new models,
 * {@code UNet.sized(28, 28, 1, 1).filters(16).build("generator")}.
 *
 * <p>Layers are named after the net and their part of it, so that two nets of one kind begin with
 * different weights and may stand in one drawing. The nets know nothing of objectives and steps;
 * any model of a user's own will do in their place.
 */
package dev.tandem.gan.net;
