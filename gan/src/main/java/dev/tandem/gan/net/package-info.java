/**
 * Nets of published GANs, built to size: each is a record of its sizes that builds new models,
 * {@code UNet.sized(28, 28, 1, 1).filters(16).build("generator")}.
 *
 * <p>Layers are named after the net and their part of it, so that two nets of one kind begin with
 * different weights and may be part of one model. The nets know nothing of objectives and steps;
 * any model of a user's own will do in their place.
 */
@NullMarked
package dev.tandem.gan.net;

import org.jspecify.annotations.NullMarked;
