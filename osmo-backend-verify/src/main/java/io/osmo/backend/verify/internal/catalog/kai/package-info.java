/** Checks of what the KAI scheduler and OSMO's pod groups share. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.kai;

import org.jspecify.annotations.NullMarked;
