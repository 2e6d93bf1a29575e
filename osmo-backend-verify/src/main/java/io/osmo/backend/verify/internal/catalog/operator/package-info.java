/** Checks of what OSMO's backend operator needs before it is installed. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.operator;

import org.jspecify.annotations.NullMarked;
