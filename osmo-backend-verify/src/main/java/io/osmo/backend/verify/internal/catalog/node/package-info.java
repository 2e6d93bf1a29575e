/** Checks of what OSMO reads from each node. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.node;

import org.jspecify.annotations.NullMarked;
