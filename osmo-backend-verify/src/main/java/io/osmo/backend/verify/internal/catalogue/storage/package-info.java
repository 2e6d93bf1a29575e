/** Checks of storage classes, drivers, encryption and backup (ST-*, SC-2). */
@NullMarked
package io.osmo.backend.verify.internal.catalogue.storage;

import org.jspecify.annotations.NullMarked;
