/** Checks of what OSMO reads from each node. */
@NullMarked
package io.osmo.backend.verify.internal.catalogue.node;

import org.jspecify.annotations.NullMarked;
