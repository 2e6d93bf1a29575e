/** Checks of storage classes, drivers, encryption and backup (ST-*, SC-2). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.storage;

import org.jspecify.annotations.NullMarked;
